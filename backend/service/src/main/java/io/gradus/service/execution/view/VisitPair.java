package io.gradus.service.execution.view;

import io.gradus.engine.FrameId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two visits of one state, of two executions that are compared.
///
/// @param left null where the left one did not visit it
/// @param right null where the right one did not visit it
public record VisitPair(@Nullable Visit left, @Nullable Visit right) {
  /// Which visits of a state are put beside each other.
  public enum Which {
    FIRST,
    LAST,
    /// The first that did not succeed, of either one, and in the other one the visit of the same
    /// number in the same branches and items.
    WRONG
  }

  /// The visits that say most: those that went wrong, where any did.
  public static Which telling(List<Visit> left, List<Visit> right) {
    return wrong(left) == null && wrong(right) == null ? Which.LAST : Which.WRONG;
  }

  /// @param left all visits of the state in the left one, in the order of entering
  /// @param right the same in the right one
  public static VisitPair of(List<Visit> left, List<Visit> right, Which which) {
    return switch (which) {
      case FIRST -> new VisitPair(first(left), first(right));
      case LAST -> new VisitPair(last(left), last(right));
      case WRONG -> {
        Visit one = wrong(left);
        if (one != null) {
          yield new VisitPair(one, counterpart(one, left, right));
        }
        Visit other = wrong(right);
        yield other == null
            ? new VisitPair(last(left), last(right))
            : new VisitPair(counterpart(other, right, left), other);
      }
    };
  }

  private static @Nullable Visit first(List<Visit> visits) {
    return visits.isEmpty() ? null : visits.getFirst();
  }

  private static @Nullable Visit last(List<Visit> visits) {
    return visits.isEmpty() ? null : visits.getLast();
  }

  private static @Nullable Visit wrong(List<Visit> visits) {
    for (Visit visit : visits) {
      boolean wrong =
          switch (visit.status()) {
            case FAILED, CAUGHT, TIMED_OUT, ABORTED -> true;
            case SUCCEEDED, RUNNING, RETRYING, CALLBACK, WAITING -> false;
          };
      if (wrong) {
        return visit;
      }
    }
    return null;
  }

  /// The visit of the same number in the same branches and items, or else the last.
  private static @Nullable Visit counterpart(Visit of, List<Visit> its, List<Visit> others) {
    String place = place(of.frame());
    int before = 0;
    for (Visit each : its) {
      if (each == of) {
        break;
      }
      before += place(each.frame()).equals(place) ? 1 : 0;
    }
    for (Visit each : others) {
      if (place(each.frame()).equals(place) && before-- == 0) {
        return each;
      }
    }
    return last(others);
  }

  /// The branches and items that a frame is in. Its name has the events too that began them, which
  /// are others in each execution.
  private static String place(FrameId frame) {
    FrameId parent = frame.parent();
    return parent == null ? "" : place(parent) + '/' + frame.index();
  }
}
