package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.statistics.Durations;
import io.gradus.service.statistics.Figures;
import io.gradus.service.statistics.Outcomes;
import io.gradus.service.statistics.Range;
import io.gradus.service.statistics.StatisticsService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls about how executions went, in figures.
final class StatisticsRoutes {
  private static final int OK = 200;
  private static final double MICROS = 1_000;

  private final StatisticsService statistics;

  StatisticsRoutes(StatisticsService statistics) {
    this.statistics = statistics;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/statistics/{range}",
            "getStatistics",
            "Tells how the executions of all state machines went, over a time up to now.",
            OK,
            All.class,
            Shown.class,
            this::all),
        new Route<>(
            "GET",
            "/statistics/{range}/{stateMachineArn}",
            "getStateMachineStatistics",
            "Tells how the executions of one state machine went, over a time up to now.",
            OK,
            One.class,
            Shown.class,
            this::one));
  }

  /// @param range 1h, 24h, 7d or 30d
  record All(@Member(required = true, max = 8) String range) {}

  /// @param range 1h, 24h, 7d or 30d
  record One(
      @Member(required = true, max = 8) String range,
      @Member(required = true, min = 1, max = 256) String stateMachineArn) {}

  /// @param barSeconds the length of each bar
  /// @param countedTo when it was counted last
  /// @param settledTo before when all is counted
  /// @param stateMachines those that failed most, of all; left out for one
  record Shown(
      String range,
      Integer barSeconds,
      @Nullable Instant countedTo,
      @Nullable Instant settledTo,
      Ended executions,
      Took duration,
      Open open,
      List<Bar> bars,
      @Nullable List<OfMachine> stateMachines) {}

  /// @param failureRate of those that ended, how many failed or timed out, from 0 to 1
  record Ended(
      Long started, Long succeeded, Long failed, Long timedOut, Long aborted, Double failureRate) {
    static Ended of(Outcomes counted) {
      return new Ended(
          counted.started(),
          counted.succeeded(),
          counted.failed(),
          counted.timedOut(),
          counted.aborted(),
          counted.failureRate());
    }
  }

  /// Of those that ended, in milliseconds, off by less than a tenth; nothing where none ended.
  record Took(@Nullable Double p50, @Nullable Double p90, @Nullable Double p99) {
    static Took of(Durations durations) {
      return new Took(millis(durations.p50()), millis(durations.p90()), millis(durations.p99()));
    }

    private static @Nullable Double millis(@Nullable Duration duration) {
      return duration == null ? null : Double.valueOf(duration.toNanos() / MICROS / MICROS);
    }
  }

  /// @param exact whether no more run than were counted
  /// @param approvals that wait for somebody
  /// @param approvalsOverdue those of them whose time is over
  record Open(Integer executions, Boolean exact, Integer approvals, Integer approvalsOverdue) {}

  /// What began in a time.
  record Bar(Instant from, Ended executions, Took duration) {}

  record OfMachine(String name, Ended executions, Took duration) {}

  private Shown all(Caller caller, All request) {
    Range range = range(request.range());
    return shown(
        statistics.figures(caller, range, null),
        statistics.machines(caller, range, Figures.Order.FAILED).stream()
            .map(
                machine ->
                    new OfMachine(
                        machine.name(), Ended.of(machine.outcomes()), Took.of(machine.durations())))
            .toList());
  }

  private Shown one(Caller caller, One request) {
    return shown(
        statistics.figuresOf(caller, range(request.range()), request.stateMachineArn()), null);
  }

  private static Shown shown(Figures figures, @Nullable List<OfMachine> machines) {
    return new Shown(
        figures.range().key(),
        Math.toIntExact(figures.range().bar().toSeconds()),
        figures.countedTo(),
        figures.settledTo(),
        Ended.of(figures.outcomes()),
        Took.of(figures.durations()),
        new Open(
            figures.open().executions(),
            figures.open().exact(),
            figures.open().approvals(),
            figures.open().overdue()),
        figures.bars().stream()
            .map(bar -> new Bar(bar.from(), Ended.of(bar.outcomes()), Took.of(bar.durations())))
            .toList(),
        machines);
  }

  private static Range range(String key) {
    return Range.of(key)
        .orElseThrow(() -> new Refusal(ErrorCode.VALIDATION, "A range is 1h, 24h, 7d or 30d"));
  }
}
