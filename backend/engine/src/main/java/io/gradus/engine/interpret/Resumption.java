package io.gradus.engine.interpret;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Deadline;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a loaded execution needs from its node: calls that may have been lost are made again,
/// timers armed again. A task that was submitted waits for its completion and is not called.
final class Resumption {
  private Resumption() {}

  static List<Effect> effects(Execution execution, Environment environment) {
    List<Effect> effects = new ArrayList<>();
    if (execution.status().isTerminal()) {
      return effects;
    }
    arm(effects, TimerId.Kind.EXECUTION_TIMEOUT, FrameId.ROOT, 1, execution.timeout());
    boolean ready = false;
    for (Frame frame : execution.frames().values()) {
      switch (frame.phase()) {
        case Phase.AwaitingTask t -> task(effects, execution, frame, t, environment);
        case Phase.AwaitingRetry r ->
            arm(effects, TimerId.Kind.RETRY, frame.id(), r.eventId(), r.deadline());
        case Phase.AwaitingWait w ->
            arm(effects, TimerId.Kind.WAIT, frame.id(), w.eventId(), w.deadline());
        case Phase.InMapRun run -> {
          MapRuns.resume(execution, frame, run).ifPresent(effects::add);
          ready |= run.progress().room() > 0 || run.progress().redriveRoom() > 0;
        }
        case Phase.Ready _ -> ready = true;
        case Phase.Entered _,
            Phase.Exited _,
            Phase.InParallel _,
            Phase.InMap _,
            Phase.Finished _ -> {}
      }
    }
    if (ready) {
      effects.add(new Effect.Proceed());
    }
    return effects;
  }

  private static void task(
      List<Effect> effects,
      Execution execution,
      Frame frame,
      Phase.AwaitingTask awaiting,
      Environment environment) {
    arm(effects, TimerId.Kind.TASK_TIMEOUT, frame.id(), awaiting.attempt(), awaiting.timeout());
    arm(effects, TimerId.Kind.HEARTBEAT, frame.id(), awaiting.attempt(), awaiting.heartbeat());
    Frame.At at = frame.at();
    if (at == null
        || awaiting.submitted()
        || !(execution.info().definition().state(at.state()) instanceof State.Task state)) {
      return;
    }
    TaskId task = new TaskId(frame.id(), awaiting.attempt());
    Resource resource = state.resource();
    if (resource.isActivity()) {
      return; // its row is what workers poll
    }
    boolean usesToken = resource.pattern() != Resource.Pattern.REQUEST_RESPONSE;
    effects.add(
        new Effect.InvokeTask(
            task,
            state.name(),
            resource,
            awaiting.arguments(),
            at.retryCount(),
            usesToken ? environment.tokens().token(execution.info().key(), task) : null,
            awaiting.credentials()));
  }

  private static void arm(
      List<Effect> effects,
      TimerId.Kind kind,
      FrameId frame,
      long eventId,
      @Nullable Deadline deadline) {
    if (deadline != null) {
      effects.add(new Effect.ArmTimer(new TimerId(frame, kind, eventId), deadline));
    }
  }
}
