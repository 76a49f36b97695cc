package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.TimerId;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.task.TaskCall;
import io.gradus.runtime.time.NearWheel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What follows a commit: timers are armed, tasks called.
final class Acting {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final long ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Surroundings around;
  private final MapWork mapWork;
  private final BiPredicate<ExecutionKey, Effect.InvokeTask> withoutActivity;
  private final BooleanSupplier crowded;
  private final Pace pace;
  private final BooleanSupplier deciding;

  /// Executions whose Map Runs wait to begin more children.
  private final Set<HotExecution> waiting = ConcurrentHashMap.newKeySet();

  private final Replies replies;
  private final Mocking mocking;

  /// Where what comes of it goes.
  @FunctionalInterface
  interface Replies {
    void deliver(HotExecution execution, Command command);
  }

  /// How fast children of Map Runs may begin.
  @FunctionalInterface
  interface Pace {
    /// @param children that have begun just now
    /// @return nanoseconds until others may
    long pauseAfter(TenantId tenant, int children);
  }

  /// @param crowded whether no more executions should begin just now
  /// @param deciding whether the caller lets waiting calls begin when it is done
  /// @param withoutActivity whether no worker can ever be given the task of an activity
  Acting(
      Surroundings around,
      MapWork mapWork,
      BiPredicate<ExecutionKey, Effect.InvokeTask> withoutActivity,
      BooleanSupplier crowded,
      Pace pace,
      BooleanSupplier deciding,
      Replies replies) {
    this.around = around;
    this.mapWork = mapWork;
    this.withoutActivity = withoutActivity;
    this.crowded = crowded;
    this.pace = pace;
    this.deciding = deciding;
    this.replies = replies;
    this.mocking = new Mocking(around.clock(), replies);
  }

  void perform(HotExecution execution, Fold fold) {
    NearWheel wheel = around.wheel().get();
    fold.disarmed().forEach((timer, was) -> disarm(wheel, execution, timer, was));
    fold.armed().forEach((timer, deadline) -> arm(wheel, execution, timer, deadline));
    cancelWork(execution, fold);
    for (Effect.InvokeTask call : fold.invoked()) {
      if (mocking.answers(execution, call)) {
        continue;
      }
      if (fold.hasNoActivity(call.task())) {
        replies.deliver(execution, noActivity(call));
      } else {
        call(execution, call);
      }
    }
    fold.reads().forEach(read -> mapWork.read(execution, read, replies));
    fold.picks().forEach(pick -> mapWork.pick(execution, pick, replies));
    fold.reopens().forEach(reopen -> mapWork.reopen(execution, reopen, replies));
    fold.gathers().forEach(gather -> mapWork.gather(execution, gather, replies));
    if (!fold.children().isEmpty()) {
      pace.pauseAfter(execution.key().tenant(), fold.children().size());
    }
    if (fold.proceeds()) {
      proceed(execution, fold);
    }
  }

  private void proceed(HotExecution execution, Fold fold) {
    if (fold.mapRuns().isEmpty()) {
      replies.deliver(execution, new Command.Continue());
    } else {
      proceed(execution, pause(execution));
    }
  }

  /// A Map Run waits until it is its tenant's turn to begin more children, and for room in memory.
  private void proceed(HotExecution execution, long pauseNanos) {
    if (pauseNanos == 0) {
      replies.deliver(execution, new Command.Continue());
    } else if (waiting.add(execution)) {
      CompletableFuture.delayedExecutor(pauseNanos, TimeUnit.NANOSECONDS)
          .execute(
              () -> {
                waiting.remove(execution);
                if (!execution.isGone()) {
                  proceed(execution, pause(execution));
                }
              });
    }
  }

  private long pause(HotExecution execution) {
    long pause = pace.pauseAfter(execution.key().tenant(), 0);
    return pause == 0 && crowded.getAsBoolean() ? ROOM_NANOS : pause;
  }

  /// Ends what a finished execution had begun.
  void cancel(HotExecution execution, Fold fold) {
    NearWheel wheel = around.wheel().get();
    fold.disarmed().forEach((timer, was) -> disarm(wheel, execution, timer, was));
    cancelWork(execution, fold);
  }

  /// Does again what may have been lost.
  void resume(HotExecution execution, List<Effect> effects) {
    NearWheel wheel = around.wheel().get();
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.ArmTimer e -> arm(wheel, execution, e.timer(), e.deadline());
        case Effect.InvokeTask e -> {
          if (!mocking.again(execution, e)) {
            again(execution, e);
          }
        }
        case Effect.ReadItems e -> mapWork.read(execution, e, replies);
        case Effect.PickRedrives e -> mapWork.pick(execution, e, replies);
        case Effect.ReopenChildren e -> mapWork.reopen(execution, e, replies);
        case Effect.GatherResults e -> mapWork.gather(execution, e, replies);
        case Effect.OpenTask _,
            Effect.CloseTask _,
            Effect.DisarmTimer _,
            Effect.StartChild _,
            Effect.RecordMapRun _,
            Effect.StopChildren _,
            Effect.Proceed _,
            Effect.Finished _ -> {}
      }
    }
    mocking.resumeActivities(execution);
  }

  /// Those with a row are fired through it, except when they are due before its slot may be read.
  private void arm(NearWheel wheel, HotExecution execution, TimerId timer, Deadline deadline) {
    boolean hasRow = deadline.stored() && execution.fixed().isDurable();
    if (!hasRow) {
      wheel.arm(execution.key(), timer, deadline.due(), false);
    } else if (around.clock().until(deadline.due()).compareTo(SOON) < 0) {
      wheel.arm(execution.key(), timer, deadline.due(), true);
    }
  }

  private static void disarm(NearWheel wheel, HotExecution execution, TimerId timer, Deadline was) {
    if (!was.stored() || !execution.fixed().isDurable()) {
      wheel.disarm(execution.key(), timer, was.due());
    }
  }

  private void again(HotExecution execution, Effect.InvokeTask call) {
    Frame frame = execution.execution().frames().get(call.task().frame());
    boolean waits =
        call.resource().isActivity()
            && frame != null
            && frame.phase() instanceof Phase.AwaitingTask awaiting
            && !awaiting.started();
    if (waits && withoutActivity.test(execution.key(), call)) {
      replies.deliver(execution, noActivity(call));
    } else {
      call(execution, call);
    }
  }

  /// The words are GetActivityTask's.
  private static Command noActivity(Effect.InvokeTask call) {
    return new Command.TaskFailed(
        call.task(),
        Command.FailureKind.SCHEDULE_FAILED,
        ErrorName.RUNTIME,
        "Activity Does Not Exist: '" + call.resource().arn() + "'");
  }

  private void call(HotExecution execution, Effect.InvokeTask call) {
    if (call.resource().isActivity()) {
      around.signals().activity(execution.key().tenant(), call.resource().arn());
      return;
    }
    TaskInvocation invocation = invocation(execution, call);
    boolean staysOpen = call.resource().pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN;
    var made =
        new TaskCall(
            invocation,
            outcome -> replies.deliver(execution, command(call.task(), outcome, staysOpen)));
    if (deciding.getAsBoolean()) {
      // Begun one by one, each would take the processor from whoever decides the rest of the batch.
      around.dispatcher().queue(made);
    } else {
      around.dispatcher().dispatch(made);
    }
  }

  static Command command(TaskId task, TaskOutcome outcome, boolean staysOpen) {
    return switch (outcome) {
      case TaskOutcome.Succeeded s ->
          staysOpen
              ? new Command.TaskSubmitted(task, s.output())
              : new Command.TaskSucceeded(task, s.output());
      case TaskOutcome.Submitted s -> new Command.TaskSubmitted(task, s.output());
      case TaskOutcome.Failed f -> new Command.TaskFailed(task, f.kind(), f.error(), f.cause());
    };
  }

  private TaskInvocation invocation(HotExecution hot, Effect.InvokeTask call) {
    Execution execution = hot.execution();
    Frame frame = execution.frames().get(call.task().frame());
    Deadline timeout =
        frame != null && frame.phase() instanceof Phase.AwaitingTask t ? t.timeout() : null;
    return new TaskInvocation(
        execution.info().key(),
        execution.info().executionArn(),
        call.task(),
        call.state(),
        call.resource(),
        call.arguments(),
        call.retry(),
        token(execution, call.task(), call.resource(), call.token()),
        call.credentials(),
        timeout == null ? null : left(timeout),
        timeout == null ? null : timeout.due(),
        mocking.ofChild(hot, call));
  }

  private String token(
      Execution execution, TaskId task, Resource resource, @Nullable String known) {
    if (known != null) {
      return known;
    }
    return resource.pattern() == Resource.Pattern.REQUEST_RESPONSE
        ? ""
        : around.tokens().token(execution.info().key(), task);
  }

  private Duration left(Deadline timeout) {
    Duration left = around.clock().until(timeout.due());
    return left.isPositive() ? left : Duration.ZERO;
  }

  private void cancelWork(HotExecution execution, Fold fold) {
    fold.cancelled()
        .forEach(
            (task, frame) -> {
              Execution next = fold.next();
              if (frame.at() != null
                  && frame.phase() instanceof Phase.AwaitingTask awaiting
                  && next.info().definition().state(frame.at().state()) instanceof State.Task t) {
                around
                    .dispatcher()
                    .cancel(
                        new TaskInvocation(
                            execution.key(),
                            next.info().executionArn(),
                            task,
                            t.name(),
                            t.resource(),
                            awaiting.arguments(),
                            frame.at().retryCount(),
                            token(next, task, t.resource(), null),
                            awaiting.credentials(),
                            null,
                            null));
              }
            });
  }
}
