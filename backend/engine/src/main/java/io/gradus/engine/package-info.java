@NullMarked
package io.gradus.engine;

import org.jspecify.annotations.NullMarked;
