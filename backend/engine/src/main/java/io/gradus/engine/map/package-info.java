@NullMarked
package io.gradus.engine.map;

import org.jspecify.annotations.NullMarked;
