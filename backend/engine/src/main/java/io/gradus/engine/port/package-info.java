@NullMarked
package io.gradus.engine.port;

import org.jspecify.annotations.NullMarked;
