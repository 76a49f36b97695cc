/// State machines: found, made, and what became of them.
@NullMarked
package io.gradus.console.machines;

import org.jspecify.annotations.NullMarked;
