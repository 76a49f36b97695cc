package io.gradus.engine.interpret;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Decision;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.Rejection;
import io.gradus.engine.TimerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides: takes a command, and runs the execution until every frame waits for something outside.
public final class Interpreter {
  private Interpreter() {}

  public static Decision decide(Execution execution, Command command, Environment environment) {
    if (execution.status().isTerminal()) {
      return new Decision.Rejected(Rejection.NOT_RUNNING);
    }
    Turn turn = new Turn(execution, environment);
    try {
      Rejection rejection = accept(turn, command);
      if (rejection != null) {
        return new Decision.Rejected(rejection);
      }
      run(turn);
    } catch (Turn.HistoryFull _) {
      long limit = execution.info().limits().historyEvents();
      Endings.fail(
          turn,
          ErrorName.RUNTIME.value(),
          "The execution reached the maximum number of history events (" + limit + ").",
          turn.execution().lastEventId());
    }
    return turn.accepted();
  }

  private static @Nullable Rejection accept(Turn turn, Command command) {
    return switch (command) {
      case Command.StartExecution _ ->
          turn.execution().lastEventId() > 0 ? Rejection.ALREADY_STARTED : start(turn);
      case Command.TaskStarted c -> Tasks.started(turn, c);
      case Command.TaskSubmitted c -> Tasks.submitted(turn, c);
      case Command.TaskSucceeded c -> Tasks.succeeded(turn, c);
      case Command.TaskFailed c -> Tasks.failed(turn, c);
      case Command.TaskHeartbeat c -> Tasks.heartbeat(turn, c);
      case Command.TimerFired c -> fired(turn, c.timer());
      case Command.StopExecution c -> {
        Endings.stop(turn, c.error(), c.cause());
        yield null;
      }
      case Command.ChildEnded c -> MapRuns.childEnded(turn, c);
      case Command.RedrivesPicked c -> MapRuns.picked(turn, c);
      case Command.ChildrenReopened c -> MapRuns.reopened(turn, c);
      case Command.ItemsRead c -> MapRuns.itemsRead(turn, c);
      case Command.ResultsGathered c -> MapRunEndings.gathered(turn, c);
      case Command.MapRunHindered c -> MapRunEndings.hindered(turn, c);
      case Command.UpdateMapRun c -> MapRuns.update(turn, c);
      case Command.Continue _ -> proceed(turn);
    };
  }

  /// The first event. The execution's input stands in it.
  private static @Nullable Rejection start(Turn turn) {
    Execution execution = turn.execution();
    Payload input = execution.input();
    if (input == null) {
      throw new IllegalStateException("expected an input to start with");
    }
    var info = execution.info();
    turn.event(
        FrameId.ROOT,
        0,
        new Details.ExecutionStarted(
            turn.place(input, "input"),
            info.roleArn(),
            info.stateMachineVersionArn(),
            info.stateMachineAliasArn()));
    Frame prepared = execution.frames().get(FrameId.ROOT);
    if (prepared != null && prepared.phase() instanceof Phase.Ready ready) {
      Map<String, Payload> variables = new LinkedHashMap<>();
      long place = turn.execution().lastEventId();
      prepared
          .variables()
          .forEach(
              (name, value) ->
                  variables.put(name, value.at(new Origin(place, "variables/" + name))));
      turn.fact(new Fact.Forked(FrameId.ROOT, ready.next(), variables));
    }
    turn.arm(TimerId.Kind.EXECUTION_TIMEOUT, FrameId.ROOT, 1, turn.execution().timeout());
    turn.enqueueReady(FrameId.ROOT);
    return null;
  }

  private static @Nullable Rejection proceed(Turn turn) {
    boolean any = false;
    for (Frame frame : List.copyOf(turn.execution().frames().values())) {
      if (frame.phase() instanceof Phase.Ready) {
        turn.enqueueReady(frame.id());
        any = true;
      } else if (frame.phase() instanceof Phase.InMapRun run && run.progress().room() > 0) {
        MapRuns.handOut(turn, frame.id());
        any = true;
      } else if (frame.phase() instanceof Phase.InMapRun run && run.progress().redriveRoom() > 0) {
        MapRuns.redrive(turn, frame.id());
        any = true;
      }
    }
    return any ? null : Rejection.NOTHING_TO_CONTINUE;
  }

  private static void run(Turn turn) {
    int entered = 0;
    for (Turn.Step step = turn.nextStep(); step != null; step = turn.nextStep()) {
      if (turn.execution().status() != ExecutionStatus.RUNNING) {
        return;
      }
      if (!turn.execution().frames().containsKey(step.frame())) {
        continue; // its Parallel or Map failed meanwhile
      }
      if (entered == Turn.MAX_STATES || (entered > 0 && turn.isLong())) {
        turn.enqueue(step.frame(), step.next(), step.input());
        turn.yieldRest();
        return;
      }
      entered++;
      States.enter(turn, step);
    }
  }

  private static @Nullable Rejection fired(Turn turn, TimerId timer) {
    if (timer.kind() == TimerId.Kind.EXECUTION_TIMEOUT) {
      Deadline deadline = turn.execution().timeout();
      if (deadline == null) {
        return Rejection.NO_SUCH_TIMER;
      }
      if (isEarly(turn, deadline)) {
        return Rejection.TIMER_NOT_DUE;
      }
      Endings.timeOut(turn);
      return null;
    }
    Frame frame = turn.execution().frames().get(timer.frame());
    if (frame == null) {
      return Rejection.NO_SUCH_TIMER;
    }
    return switch (timer.kind()) {
      case WAIT ->
          frame.phase() instanceof Phase.AwaitingWait w && w.eventId() == timer.eventId()
              ? due(turn, w.deadline(), () -> States.waited(turn, frame.id()))
              : Rejection.NO_SUCH_TIMER;
      case RETRY ->
          frame.phase() instanceof Phase.AwaitingRetry r && r.eventId() == timer.eventId()
              ? due(turn, r.deadline(), () -> States.perform(turn, frame.id()))
              : Rejection.NO_SUCH_TIMER;
      case TASK_TIMEOUT, HEARTBEAT -> Tasks.timedOut(turn, timer);
      case EXECUTION_TIMEOUT -> throw new IllegalStateException("expected it to be handled above");
    };
  }

  private static @Nullable Rejection due(Turn turn, Deadline deadline, Runnable then) {
    if (isEarly(turn, deadline)) {
      return Rejection.TIMER_NOT_DUE;
    }
    then.run();
    return null;
  }

  static boolean isEarly(Turn turn, Deadline deadline) {
    return turn.environment().now().isBefore(deadline.due());
  }

  /// What an execution still has to do by itself after it was loaded: its tasks are called again,
  /// its timers armed again. Nothing here changes the execution.
  public static List<Effect> resume(Execution execution, Environment environment) {
    return Resumption.effects(execution, environment);
  }
}
