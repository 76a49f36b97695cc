package io.gradus.service.statistics;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.StateKind;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Pause;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.execution.view.VisitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which states are slow or fail, by the histories of the last executions that ended.
public class StateSampling {
  /// How many executions are looked into at most.
  public static final int EXECUTIONS = 50;

  /// The longest history that is read, in events: a sample is to be quick.
  public static final int MOST_EVENTS = 1_000;

  private static final Set<ExecutionStatus> ENDED =
      Set.of(
          ExecutionStatus.SUCCEEDED,
          ExecutionStatus.FAILED,
          ExecutionStatus.TIMED_OUT,
          ExecutionStatus.ABORTED);

  private final ExecutionFinder finder;

  /// Reads them there.
  public StateSampling(ExecutionFinder finder) {
    this.finder = finder;
  }

  /// The states of the last executions of a Standard state machine, in the order in which they were
  /// first seen.
  public StateFigures of(Caller caller, String stateMachine) {
    List<ExecutionFinder.Row> rows =
        finder
            .newest(
                caller,
                new ExecutionFinder.Wanted(stateMachine, ENDED, null, null, null, null),
                new Page.Request(EXECUTIONS, null))
            .items();
    Map<String, Gathered> states = new LinkedHashMap<>();
    int tooLong = 0;
    for (ExecutionFinder.Row row : rows) {
      if (row.events() > MOST_EVENTS) {
        tooLong++;
        continue;
      }
      ExecutionCourse course = course(caller, row);
      for (Visit visit : course.visits()) {
        states
            .computeIfAbsent(visit.state(), _ -> new Gathered(visit.kind()))
            .add(visit, row.name(), course.pauses());
      }
    }
    return new StateFigures(
        rows.size() - tooLong,
        tooLong,
        states.entrySet().stream().map(each -> each.getValue().figures(each.getKey())).toList());
  }

  private ExecutionCourse course(Caller caller, ExecutionFinder.Row row) {
    ExecutionCourse course = new ExecutionCourse();
    long next = 1;
    boolean more = true;
    while (more) {
      ExecutionLookup.Outline part = finder.outline(caller, row, next, MOST_EVENTS);
      course.apply(part.facts());
      long last = last(part.facts());
      more = part.isMore() && last >= next && last < MOST_EVENTS;
      next = last + 1;
    }
    return course;
  }

  private static long last(List<Fact> facts) {
    long last = 0;
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event) {
        last = Math.max(last, event.id());
      }
    }
    return last;
  }

  private static final class Gathered {
    private final StateKind kind;
    private final List<Duration> took = new ArrayList<>();
    private final Map<String, Integer> errors = new HashMap<>();
    private int visits;
    private int failed;
    private int retries;
    private @Nullable Duration longest;
    private @Nullable String longestIn;
    private @Nullable String failedIn;

    Gathered(StateKind kind) {
      this.kind = kind;
    }

    /// Executions come newest first.
    void add(Visit visit, String execution, List<Pause> pauses) {
      visits++;
      retries += visit.retries();
      Instant ended = visit.endedAt();
      if (ended != null) {
        Duration time = Pause.without(pauses, visit.enteredAt(), ended);
        took.add(time);
        if (longest == null || time.compareTo(longest) > 0) {
          longest = time;
          longestIn = execution;
        }
      }
      if (isFailure(visit.status())) {
        failed++;
        failedIn = failedIn == null ? execution : failedIn;
      }
      String error = visit.error();
      if (error != null) {
        errors.merge(error, 1, Integer::sum);
      }
    }

    private static boolean isFailure(VisitStatus status) {
      return switch (status) {
        case FAILED, CAUGHT, TIMED_OUT -> true;
        case RUNNING, RETRYING, CALLBACK, WAITING, SUCCEEDED, ABORTED -> false;
      };
    }

    StateFigures.OfState figures(String name) {
      took.sort(Comparator.naturalOrder());
      return new StateFigures.OfState(
          name,
          kind,
          visits,
          failed,
          retries,
          took.isEmpty() ? null : took.get((took.size() - 1) / 2),
          longest,
          longestIn,
          errors.entrySet().stream()
              .max(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
              .map(Map.Entry::getKey)
              .orElse(null),
          failedIn);
    }
  }
}
