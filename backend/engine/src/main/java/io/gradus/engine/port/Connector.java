package io.gradus.engine.port;

import io.gradus.asl.model.Resource;
import java.util.concurrent.CompletionStage;

/// What a Task can call. One small class per integration.
public interface Connector {
  /// Whether this connector answers for the resource.
  boolean handles(Resource resource);

  /// Makes the call without blocking the caller for long; may be asked again for the same
  /// [TaskInvocation#idempotencyKey]. Never completes exceptionally for what a peer does: that is a
  /// [TaskOutcome.Failed].
  CompletionStage<TaskOutcome> invoke(TaskInvocation invocation);

  /// As [#invoke], showing the exchange that the call consists of. A connector whose calls are no
  /// exchange of its own shows nothing.
  default CompletionStage<TaskOutcome> invoke(
      TaskInvocation invocation, ExchangeObserver observer) {
    return invoke(invocation);
  }

  /// The task is over (stopped, timed out, failed elsewhere): end the work, best effort.
  default void cancel(TaskInvocation invocation) {}
}
