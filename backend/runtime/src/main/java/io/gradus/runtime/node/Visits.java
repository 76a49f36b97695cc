package io.gradus.runtime.node;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.runtime.task.Mocks;
import java.util.HashMap;
import java.util.Map;

/// How often an execution's states were entered, each in its own branch or item: counted as it
/// goes, and from the history where the execution has been out of memory. Only of states whose
/// mocks want to know. Thread-safe.
final class Visits {
  private record Site(FrameId frame, StateName state) {}

  private final Map<Site, Integer> counts = new HashMap<>();

  /// What a history tells.
  static Visits of(Iterable<Fact> facts, Mocks mocks) {
    Visits visits = new Visits();
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event
          && event.details() instanceof Details.StateEntered entered
          && mocks.countsVisits(entered.name())) {
        visits.enter(event.frame(), entered.name());
      }
    }
    return visits;
  }

  synchronized void enter(FrameId frame, StateName state) {
    counts.merge(new Site(frame, state), 1, Integer::sum);
  }

  /// 0 where it never was.
  synchronized int of(FrameId frame, StateName state) {
    return counts.getOrDefault(new Site(frame, state), 0);
  }
}
