package io.gradus.integrations.egress;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a connector's blocking calls, each on a virtual thread of its own, and knows those under
/// way by their idempotency key.
public final class OpenCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OpenCalls.class);

  private final ConcurrentHashMap<String, Call> open = new ConcurrentHashMap<>();

  /// The stage never completes exceptionally.
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
              } catch (RuntimeException | StackOverflowError bug) {
                LOG.atError()
                    .addKeyValue("tenant", invocation.execution().tenant())
                    .addKeyValue("executionArn", invocation.executionArn())
                    .addKeyValue("stateName", invocation.state())
                    .setCause(bug)
                    .log("A connector broke; the task fails with States.Runtime");
                outcome.complete(
                    Failures.failed(
                        ErrorName.RUNTIME, "The call could not be made because of a defect."));
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
