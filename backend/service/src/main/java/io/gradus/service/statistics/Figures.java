package io.gradus.service.statistics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How executions went over a range of time. Children of Map Runs are not counted; executions of
/// Express state machines are.
///
/// @param stateMachine whose executions they are; null for all of the tenant
/// @param express whether that is an Express state machine, whose executions no list has
/// @param bars from the oldest on, without a gap
/// @param countedTo when it was counted last; null where it never was
/// @param settledTo before when all is counted; later than the first bar's begin while a cluster
///   catches up
public record Figures(
    Range range,
    @Nullable String stateMachine,
    boolean express,
    List<Bar> bars,
    Outcomes outcomes,
    Durations durations,
    Open open,
    @Nullable Instant countedTo,
    @Nullable Instant settledTo) {
  public Figures {
    bars = List.copyOf(bars);
  }

  /// Where the first bar begins.
  public Instant from() {
    return bars.getFirst().from();
  }

  /// What began in a time.
  ///
  /// @param durations of those that ended in it
  public record Bar(Instant from, Outcomes outcomes, Durations durations) {}

  /// What is open now.
  ///
  /// @param executions that run, as far as they were counted
  /// @param exact whether there are no more
  /// @param approvals that wait for somebody
  /// @param overdue those of them whose time is over
  public record Open(int executions, boolean exact, int approvals, int overdue) {}

  /// One state machine among others.
  ///
  /// @param express whether it is an Express one
  public record OfMachine(String name, boolean express, Outcomes outcomes, Durations durations) {}

  /// By what state machines are put in order.
  public enum Order {
    STARTED,
    FAILED
  }
}
