@NullMarked
package io.gradus.engine.journal;

import org.jspecify.annotations.NullMarked;
