package io.gradus.runtime.node;

import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.store.commit.Transition.HistoryRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a run of events is one for the log: what is not logged costs nothing more than this.
final class Logged {
  private Logged() {}

  /// What the log has to know of the run; null where none of its events is kept.
  ///
  /// @param next the execution after it
  static HistoryRun.@Nullable Logged of(LogLevel level, List<Fact> facts, Execution next) {
    if (level == LogLevel.OFF) {
      return null;
    }
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event && level.keeps(event.details())) {
        return new HistoryRun.Logged(next.redriveCount());
      }
    }
    return null;
  }
}
