/// The application: wiring and configuration, nothing else.
@NullMarked
package io.gradus.app;

import org.jspecify.annotations.NullMarked;
