/// The catalogue of what a Task can call.
@NullMarked
package io.gradus.console.integrations;

import org.jspecify.annotations.NullMarked;
