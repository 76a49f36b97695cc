package io.gradus.console.executions;

import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.engine.StateKind;
import io.gradus.service.execution.view.StateStay;
import io.gradus.service.execution.view.VisitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the visits of a state went in one execution, in the console's words.
final class StayText {
  private static final List<VisitStatus> TELLING =
      List.of(
          VisitStatus.RUNNING,
          VisitStatus.RETRYING,
          VisitStatus.CALLBACK,
          VisitStatus.WAITING,
          VisitStatus.FAILED,
          VisitStatus.TIMED_OUT,
          VisitStatus.ABORTED,
          VisitStatus.CAUGHT);

  /// From here on a difference in time is told: what takes a moment never takes the same.
  private static final Duration NOTICEABLE = Duration.ofMillis(100);

  private StayText() {}

  /// How it is shown: what goes on first, then what went wrong.
  static Status status(@Nullable StateStay stay) {
    if (stay == null) {
      return Status.NOT_REACHED;
    }
    for (VisitStatus each : TELLING) {
      if (stay.of(each) > 0) {
        return Standing.status(each);
      }
    }
    return Status.SUCCEEDED;
  }

  /// How it went: `Failed`, or with several visits `997 succeeded · 3 failed`.
  static String outcome(@Nullable StateStay stay) {
    if (stay == null) {
      return Status.NOT_REACHED.word();
    }
    if (stay.visits() == 1) {
      return status(stay).word();
    }
    List<String> parts = new ArrayList<>();
    for (VisitStatus each : VisitStatus.values()) {
      if (stay.of(each) > 0) {
        parts.add(Counts.of(stay.of(each)) + " " + word(each));
      }
    }
    return String.join(" · ", parts);
  }

  /// What there is to say besides: errors, retries, items. Empty for nothing.
  ///
  /// @param kind of the state
  static String more(@Nullable StateStay stay, StateKind kind) {
    if (stay == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    List<String> errors = List.copyOf(stay.errors().keySet());
    if (!errors.isEmpty()) {
      int rest = errors.size() - 1 + stay.otherErrors();
      parts.add(errors.getFirst() + (rest > 0 ? " and other errors" : ""));
    }
    if (stay.retries() > 0) {
      parts.add(stay.retries() == 1 ? "1 retry" : Counts.of(stay.retries()) + " retries");
    }
    if (stay.itemCount() > 0) {
      parts.add(items(stay, kind));
    }
    return String.join(" · ", parts);
  }

  private static String items(StateStay stay, StateKind kind) {
    int total = stay.itemCount();
    int succeeded = stay.items().getOrDefault(VisitStatus.SUCCEEDED, 0);
    String one = kind == StateKind.PARALLEL ? "branch" : "item";
    String many = kind == StateKind.PARALLEL ? "branches" : "items";
    String of = Counts.of(total) + " " + (total == 1 ? one : many);
    return succeeded == total ? of : Counts.of(succeeded) + " of " + of + " succeeded";
  }

  /// As little as tells it from the other: `Card.Declined`, `3 visits`, `Succeeded`.
  static String brief(StateStay stay, StateStay other, StateKind kind) {
    if (stay.visits() != other.visits()) {
      return stay.visits() == 1 ? "1 visit" : Counts.of(stay.visits()) + " visits";
    }
    if (!stay.endings().equals(other.endings())) {
      return stay.visits() == 1 ? status(stay).word() : outcome(stay);
    }
    if (!stay.errors().equals(other.errors())) {
      return stay.errors().isEmpty() ? "no error" : stay.errors().keySet().iterator().next();
    }
    if (stay.retries() != other.retries()) {
      return stay.retries() == 1 ? "1 retry" : Counts.of(stay.retries()) + " retries";
    }
    return items(stay, kind);
  }

  /// How long its visits took; a dash where it was not visited, or only goes on.
  static String time(@Nullable StateStay stay) {
    boolean ended =
        stay != null && stay.endings().keySet().stream().anyMatch(status -> !status.isOpen());
    return stay == null || !ended ? "–" : Moments.duration(stay.time());
  }

  /// How much longer it took in B: `+2.1 s`; empty where that is not worth telling.
  ///
  /// @param slower null where it cannot be told
  static String slower(@Nullable Duration slower) {
    if (slower == null || slower.abs().compareTo(NOTICEABLE) < 0) {
      return "";
    }
    return (slower.isNegative() ? "−" : "+") + Moments.duration(slower.abs());
  }

  private static String word(VisitStatus status) {
    return switch (status) {
      case RUNNING -> "running";
      case RETRYING -> "retrying";
      case CALLBACK, WAITING -> "waiting";
      case SUCCEEDED -> "succeeded";
      case CAUGHT -> "caught";
      case FAILED -> "failed";
      case TIMED_OUT -> "timed out";
      case ABORTED -> "stopped";
    };
  }
}
