package io.gradus.service.teststate;

import io.gradus.engine.port.ExchangeObserver;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import java.util.concurrent.CompletionStage;

/// Calls what a Task names, outside any execution.
public interface TaskCalls {
  /// Makes the call once.
  CompletionStage<TaskOutcome> call(TaskInvocation invocation, ExchangeObserver observer);

  /// Ends the call's work, best effort.
  void cancel(TaskInvocation invocation);
}
