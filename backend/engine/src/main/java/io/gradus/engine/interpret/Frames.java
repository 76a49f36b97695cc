package io.gradus.engine.interpret;

import io.gradus.engine.Execution;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import java.util.ArrayList;
import java.util.List;

/// Ways through the tree of frames that cost no more than the frames they visit.
final class Frames {
  private Frames() {}

  /// The frames directly below one, by index; those not started yet are left out.
  static List<FrameId> children(Execution execution, FrameId id) {
    Frame frame = execution.frame(id);
    return switch (frame.phase()) {
      case Phase.InParallel p -> present(execution, id, p.startedEventId(), p.total(), p.total());
      case Phase.InMap m -> present(execution, id, m.startedEventId(), m.started(), m.total());
      case Phase.Entered _,
          Phase.Exited _,
          Phase.Ready _,
          Phase.AwaitingTask _,
          Phase.AwaitingRetry _,
          Phase.AwaitingWait _,
          Phase.InMapRun _,
          Phase.Finished _ ->
          List.of();
    };
  }

  /// All frames below one, those further in first.
  static List<FrameId> below(Execution execution, FrameId id) {
    List<FrameId> all = new ArrayList<>();
    collect(execution, id, all);
    return all;
  }

  private static void collect(Execution execution, FrameId id, List<FrameId> into) {
    for (FrameId child : children(execution, id)) {
      collect(execution, child, into);
      into.add(child);
    }
  }

  private static List<FrameId> present(
      Execution execution, FrameId parent, long startedEventId, int count, int total) {
    List<FrameId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      FrameId id = parent.child(startedEventId, i, total);
      if (execution.frames().containsKey(id)) {
        ids.add(id);
      }
    }
    return ids;
  }
}
