package io.gradus.runtime.task;

import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import java.util.function.Consumer;

/// A task to be called once, as soon as it is its tenant's turn.
///
/// @param then told the outcome, exactly once, on any thread; must not block
public record TaskCall(TaskInvocation invocation, Consumer<TaskOutcome> then) {}
