/// Calling what a Task names: tokens, mocks, and fair turns among tenants.
@NullMarked
package io.gradus.runtime.task;

import org.jspecify.annotations.NullMarked;
