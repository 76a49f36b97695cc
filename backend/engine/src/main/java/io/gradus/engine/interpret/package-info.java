@NullMarked
package io.gradus.engine.interpret;

import org.jspecify.annotations.NullMarked;
