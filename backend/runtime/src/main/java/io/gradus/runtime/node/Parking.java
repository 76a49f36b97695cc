package io.gradus.runtime.node;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Deadline;
import io.gradus.engine.Execution;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import org.jspecify.annotations.Nullable;

/// When an execution needs no node: everything that it waits for is a row.
final class Parking {
  /// Loading more frames than this again costs more than keeping them.
  private static final int MAX_FRAMES = 64;

  private Parking() {}

  /// Whether it will certainly rest for a minute: only far timers can wake it.
  static boolean restsLong(Execution execution) {
    return execution.frames().size() <= MAX_FRAMES && rests(execution, false, false);
  }

  /// Whether it may rest: far timers, and tasks that others complete.
  static boolean mayRest(Execution execution) {
    return rests(execution, true, false);
  }

  /// Whether it may rest once its near timers have rows as well.
  static boolean mayRestWithRows(Execution execution) {
    return rests(execution, true, true);
  }

  private static boolean rests(Execution execution, boolean withTasks, boolean withNear) {
    if (execution.status().isTerminal()
        || execution.lastEventId() == 0
        || (!withNear && isNear(execution.timeout()))) {
      return false;
    }
    for (Frame frame : execution.frames().values()) {
      boolean rests =
          switch (frame.phase()) {
            case Phase.AwaitingWait w -> withNear || w.deadline().stored();
            case Phase.AwaitingRetry r -> withNear || r.deadline().stored();
            case Phase.AwaitingTask t ->
                withTasks
                    && (withNear || (!isNear(t.timeout()) && !isNear(t.heartbeat())))
                    && isOpen(execution, frame, t);
            // Its children's ends are rows; what it does itself is not.
            case Phase.InMapRun run -> withTasks && run.progress().isWaiting();
            case Phase.InParallel _, Phase.InMap _, Phase.Finished _ -> true;
            case Phase.Entered _, Phase.Exited _, Phase.Ready _ -> false;
          };
      if (!rests) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOpen(Execution execution, Frame frame, Phase.AwaitingTask task) {
    if (frame.at() == null
        || !(execution.info().definition().state(frame.at().state()) instanceof State.Task state)) {
      return false;
    }
    return state.resource().isActivity()
        || (task.submitted() && state.resource().pattern() != Resource.Pattern.REQUEST_RESPONSE);
  }

  private static boolean isNear(@Nullable Deadline deadline) {
    return deadline != null && !deadline.stored();
  }
}
