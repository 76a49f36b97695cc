/// The API on the one port.
@NullMarked
package io.gradus.app.api;

import org.jspecify.annotations.NullMarked;
