/// What starts executions by itself, wired.
@NullMarked
package io.gradus.app.trigger;

import org.jspecify.annotations.NullMarked;
