/// The registry of HTTP functions.
@NullMarked
package io.gradus.console.functions;

import org.jspecify.annotations.NullMarked;
