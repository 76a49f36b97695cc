package io.gradus.integrations.egress;

import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Runs a connector's blocking calls, each on a virtual thread of its own, and knows those under
/// way by their idempotency key.
public final class OpenCalls {
  private final ConcurrentHashMap<String, Call> open = new ConcurrentHashMap<>();

  /// The stage completes exceptionally with whatever the work threw.
  public CompletionStage<TaskOutcome> run(
      TaskInvocation invocation, Function<Call, TaskOutcome> work) {
    String key = invocation.idempotencyKey();
    var call = new Call();
    var outcome = new CompletableFuture<TaskOutcome>();
    open.put(key, call);
    Thread.ofVirtual()
        .name("task-call")
        .start(
            () -> {
              try {
                outcome.complete(work.apply(call));
              } catch (RuntimeException | StackOverflowError broken) {
                outcome.completeExceptionally(broken);
              } finally {
                open.remove(key, call);
              }
            });
    return outcome;
  }

  /// Gives up the call for this invocation, if one is under way here.
  public void cancel(TaskInvocation invocation) {
    Call call = open.get(invocation.idempotencyKey());
    if (call != null) {
      call.cancel();
    }
  }

  /// How many calls are under way.
  public int size() {
    return open.size();
  }
}
