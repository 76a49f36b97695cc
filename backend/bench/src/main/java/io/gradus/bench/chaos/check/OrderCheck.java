package io.gradus.bench.chaos.check;

import io.gradus.bench.chaos.check.Verdict.Kind;
import io.gradus.engine.Details;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ids without gaps, predecessors of the same branch, and nothing after the end but a redrive.
final class OrderCheck {
  private final Verdict verdict;

  OrderCheck(Verdict verdict) {
    this.verdict = verdict;
  }

  private static final class Reading {
    final Map<Long, FrameId> frames = new HashMap<>();
    long lastId;
    boolean ended;
  }

  void check(Journal journal) {
    StoredExecution row = journal.row();
    Reading reading = new Reading();
    for (Journal.Entry entry : journal.entries()) {
      if (entry.fact() instanceof Fact.HistoryEvent event) {
        checkId(row, reading, event);
        checkPredecessor(row, reading, event);
        reading.frames.put(event.id(), event.frame());
      } else if (reading.ended) {
        afterEnd(row, "a " + entry.fact().getClass().getSimpleName());
      }
    }
    if (reading.lastId != row.lastEventId()) {
      gap(row, "ends at event " + reading.lastId + ", its row says " + row.lastEventId());
    }
    if (reading.ended != (row.status() != ExecutionStatus.RUNNING)) {
      gap(row, "is " + row.status() + ", and its history says otherwise");
    }
  }

  private void checkId(StoredExecution row, Reading reading, Fact.HistoryEvent event) {
    if (event.id() <= reading.lastId) {
      verdict.add(
          Kind.DUPLICATED, row.label() + " has event " + event.id() + " after " + reading.lastId);
    } else if (event.id() != reading.lastId + 1) {
      gap(row, "has event " + event.id() + " after " + reading.lastId);
    }
    reading.lastId = event.id();
    boolean redriven = event.details() instanceof Details.ExecutionRedriven;
    if (reading.ended != redriven) {
      afterEnd(row, redriven ? "a redrive while it ran," : "goes on at event " + event.id());
    }
    reading.ended = isEnd(event.details());
  }

  private void afterEnd(StoredExecution row, String what) {
    verdict.add(Kind.DUPLICATED, row.label() + " does not rest at its end: " + what);
  }

  private void checkPredecessor(StoredExecution row, Reading reading, Fact.HistoryEvent event) {
    long previous = event.previousEventId();
    if (event.details() instanceof Details.ExecutionAborted) {
      // AWS gives it none.
      if (previous != 0) {
        gap(row, "was aborted after " + previous + ", expected no predecessor");
      }
    } else if (previous >= event.id() || previous < 0 || (previous == 0 && event.id() > 2)) {
      gap(row, "has event " + event.id() + " after its predecessor " + previous);
    } else if (previous > 0
        && !isAborted(event.details())
        && !isSameBranch(reading.frames.get(previous), branch(event))) {
      gap(row, "has event " + event.id() + " with a predecessor in another branch: " + previous);
    }
  }

  static boolean isEnd(Details details) {
    return details instanceof Details.ExecutionSucceeded
        || details instanceof Details.ExecutionFailed
        || details instanceof Details.ExecutionTimedOut
        || details instanceof Details.ExecutionAborted;
  }

  /// What is aborted follows what failed beside it.
  private static boolean isAborted(Details details) {
    return details instanceof Details.StateAborted
        || details instanceof Details.MapIterationAborted;
  }

  /// An iteration follows the one whose end made room for it, so it belongs to the Map there.
  private static FrameId branch(Fact.HistoryEvent event) {
    FrameId parent = event.frame().parent();
    return event.details() instanceof Details.MapIterationStarted && parent != null
        ? parent
        : event.frame();
  }

  /// One of the two runs inside the other, or they are the same.
  private static boolean isSameBranch(@Nullable FrameId one, FrameId other) {
    return one != null
        && ((one.value() + "/").startsWith(other.value() + "/")
            || (other.value() + "/").startsWith(one.value() + "/"));
  }

  private void gap(StoredExecution row, String what) {
    verdict.add(Kind.GAP, row.label() + " " + what);
  }
}
