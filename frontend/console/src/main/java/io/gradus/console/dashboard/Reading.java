package io.gradus.console.dashboard;

import io.gradus.service.Caller;
import io.gradus.service.statistics.Figures;
import io.gradus.service.statistics.StateFigures;
import io.gradus.service.statistics.StateSampling;
import io.gradus.service.statistics.StatisticsService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the dashboard shows, as it was read at once.
///
/// @param machines those that come first; empty for one state machine
/// @param states of one Standard state machine; null for none
record Reading(Figures figures, List<Figures.OfMachine> machines, @Nullable StateFigures states) {

  /// Reads what is asked for. What can be another only when it was counted anew is taken from
  /// before where it was not.
  ///
  /// @param before null where something else was shown
  static Reading of(
      StatisticsService statistics,
      StateSampling sampling,
      Caller caller,
      DashboardQuery query,
      @Nullable Reading before) {
    Figures figures = statistics.figures(caller, query.range(), query.machine());
    if (before != null && Objects.equals(before.figures().countedTo(), figures.countedTo())) {
      return new Reading(figures, before.machines(), before.states());
    }
    String machine = query.machine();
    if (machine != null) {
      return new Reading(
          figures, List.of(), figures.express() ? null : sampling.of(caller, machine));
    }
    Figures.Order order =
        query.by() == DashboardQuery.By.STARTS ? Figures.Order.STARTED : Figures.Order.FAILED;
    return new Reading(figures, statistics.machines(caller, query.range(), order), null);
  }
}
