/// Executions that a task starts, and what becomes of the task when such a child ends.
@NullMarked
package io.gradus.integrations.states;

import org.jspecify.annotations.NullMarked;
