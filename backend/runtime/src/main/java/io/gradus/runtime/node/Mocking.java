package io.gradus.runtime.node;

import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.runtime.task.MockedCall;
import io.gradus.runtime.task.MockedReply;
import io.gradus.runtime.task.Mocks;
import io.gradus.runtime.time.DatabaseClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers tasks with given results instead of calling what they name.
///
/// A delay is how long the service would take, no timer: like a call, it does not outlive its node,
/// and whoever has the execution then makes the call again.
final class Mocking {
  private final DatabaseClock clock;
  private final Acting.Replies replies;

  Mocking(DatabaseClock clock, Acting.Replies replies) {
    this.clock = clock;
    this.replies = replies;
  }

  /// Answers a task that has just been scheduled; false when its state is not mocked.
  boolean answers(HotExecution execution, Effect.InvokeTask call) {
    Mocks mocks = execution.fixed().mocks();
    if (call.retry() == 0 && mocks.countsVisits(call.state())) {
      execution.visits().enter(call.task().frame(), call.state());
    }
    return again(execution, call);
  }

  /// Answers a task whose answer may have been lost; false when its state is not mocked.
  boolean again(HotExecution execution, Effect.InvokeTask call) {
    return answer(execution, call.task(), call.state(), call.retry(), call.arguments());
  }

  /// The engine leaves activities to their workers; a mocked one has none.
  void resumeActivities(HotExecution execution) {
    if (execution.fixed().mocks() == Mocks.NONE) {
      return;
    }
    Execution state = execution.execution();
    for (Frame frame : state.frames().values()) {
      Frame.At at = frame.at();
      if (at != null
          && frame.phase() instanceof Phase.AwaitingTask awaiting
          && isActivity(state, at.state())) {
        TaskId task = new TaskId(frame.id(), awaiting.attempt());
        answer(execution, task, at.state(), at.retryCount(), awaiting.arguments());
      }
    }
  }

  /// Whether an answer is under way that would not find an execution which has left memory.
  static boolean isPending(HotExecution execution) {
    Mocks mocks = execution.fixed().mocks();
    return mocks != Mocks.NONE
        && execution.execution().frames().values().stream()
            .anyMatch(
                frame ->
                    frame.at() != null
                        && frame.phase() instanceof Phase.AwaitingTask
                        && mocks.has(frame.at().state()));
  }

  private static boolean isActivity(Execution execution, StateName name) {
    return execution.info().definition().state(name) instanceof State.Task task
        && task.resource().isActivity();
  }

  /// What the execution that this call starts is mocked with; null where it is not.
  @Nullable Payload ofChild(HotExecution execution, Effect.InvokeTask call) {
    Mocks mocks = execution.fixed().mocks();
    if (!mocks.has(call.state())) {
      return null;
    }
    MockedCall asked = asked(execution, call.task(), call.state(), call.retry(), call.arguments());
    return asked == null ? null : mocks.ofChild(call.state(), asked).orElse(null);
  }

  private boolean answer(
      HotExecution execution, TaskId task, StateName state, int retry, Payload arguments) {
    Mocks mocks = execution.fixed().mocks();
    if (!mocks.has(state)) {
      return false;
    }
    MockedCall asked = asked(execution, task, state, retry, arguments);
    if (asked == null) {
      return true; // it is over already
    }
    if (startsExecution(execution.execution(), state) && mocks.ofChild(state, asked).isPresent()) {
      return false; // the child's own tasks are answered
    }
    MockedReply reply = mocks.reply(state, asked).orElseThrow();
    Executor when =
        reply.after().isZero()
            ? Runnable::run
            : CompletableFuture.delayedExecutor(
                reply.after().toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    when.execute(() -> replies.deliver(execution, Acting.command(task, reply.outcome(), false)));
    return true;
  }

  private static boolean startsExecution(Execution execution, StateName name) {
    return execution.info().definition().state(name) instanceof State.Task task
        && task.resource().resourceType().equals("states")
        && task.resource().action().startsWith("startExecution");
  }

  /// The call as a mock sees it; null where nobody waits for it any more.
  private @Nullable MockedCall asked(
      HotExecution execution, TaskId task, StateName state, int retry, Payload arguments) {
    Frame frame = execution.execution().frames().get(task.frame());
    if (frame == null || frame.at() == null) {
      return null;
    }
    int visit =
        execution.fixed().mocks().countsVisits(state)
            ? Math.max(1, execution.visits().of(task.frame(), state))
            : 1;
    return new MockedCall(
        visit,
        retry,
        frame.at().input(),
        arguments,
        clock.now(),
        ThreadLocalRandom.current()::nextLong);
  }
}
