package io.gradus.bench.chaos.check;

import io.gradus.bench.chaos.check.Verdict.Kind;
import io.gradus.engine.Command;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.StateKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Nothing before its time: Waits, retries and timeouts as long as the definition says and as the
/// engine itself wrote down, and no moment of a history later than the database's own clock at its
/// commit.
final class TimeCheck {
  private final Verdict verdict;
  private final Oracle oracle;
  private final Map<String, DefinitionTimes> definitions = new HashMap<>();

  TimeCheck(Verdict verdict, Oracle oracle) {
    this.verdict = verdict;
    this.oracle = oracle;
  }

  private static final class Reading {
    final Map<FrameId, String> states = new HashMap<>();
    final Map<FrameId, Instant> enteredAt = new HashMap<>();
    final Map<FrameId, Instant> failedAt = new HashMap<>();
    final Map<FrameId, Instant> scheduledAt = new HashMap<>();
    final Map<FrameId, Instant> due = new HashMap<>();
  }

  void check(Journal journal, JsonNode input) {
    StoredExecution row = journal.row();
    DefinitionTimes times = definitions.computeIfAbsent(row.definition(), DefinitionTimes::new);
    Reading reading = new Reading();
    for (Journal.Entry entry : journal.entries()) {
      switch (entry.fact()) {
        case Fact.WaitArmed armed -> reading.due.put(armed.frame(), armed.deadline().due());
        case Fact.RetryArmed armed -> reading.due.put(armed.frame(), armed.deadline().due());
        case Fact.HistoryEvent event -> {
          checkCommit(row, event, entry.committedAt());
          checkEvent(row, times, reading, event, input);
        }
        case Fact.ItemsResolved _,
            Fact.MapRunResolved _,
            Fact.MapRunMoved _,
            Fact.BranchFinished _,
            Fact.BranchFailed _,
            Fact.Forked _,
            Fact.Yielded _ -> {}
      }
    }
  }

  private void checkCommit(
      StoredExecution row, Fact.HistoryEvent event, @Nullable Instant committedAt) {
    if (committedAt != null && event.timestamp().isAfter(committedAt)) {
      verdict.add(
          Kind.EARLY,
          row.label()
              + " has event "
              + event.id()
              + " of "
              + event.timestamp()
              + ", and it was only "
              + committedAt
              + " by the database's clock");
    }
  }

  private void checkEvent(
      StoredExecution row,
      DefinitionTimes times,
      Reading reading,
      Fact.HistoryEvent event,
      JsonNode input) {
    FrameId frame = event.frame();
    switch (event.details()) {
      case Details.StateEntered entered -> {
        reading.states.put(frame, entered.name().value());
        reading.enteredAt.put(frame, event.timestamp());
        reading.failedAt.remove(frame);
        reading.due.remove(frame);
      }
      case Details.StateExited exited -> {
        if (exited.kind() == StateKind.WAIT) {
          String name = exited.name().value();
          int seconds =
              oracle.waitSeconds(row, name, input).orElseGet(() -> times.waitSeconds(name));
          early(row, event, reading.enteredAt.get(frame), seconds);
          early(row, event, reading.due.remove(frame), 0);
        }
      }
      case Details.TaskFailed failed -> {
        reading.failedAt.put(frame, event.timestamp());
        if (failed.kind() == Command.FailureKind.TIMED_OUT) {
          int seconds = times.timeoutSeconds(reading.states.getOrDefault(frame, ""));
          early(row, event, reading.scheduledAt.get(frame), seconds);
        }
      }
      case Details.TaskScheduled _ -> {
        reading.scheduledAt.put(frame, event.timestamp());
        Instant failed = reading.failedAt.remove(frame);
        if (failed != null) {
          early(row, event, failed, times.retrySeconds(reading.states.getOrDefault(frame, "")));
          early(row, event, reading.due.remove(frame), 0);
        }
      }
      case Details.ExecutionRedriven _ -> {
        // What failed is done again at once.
        reading.failedAt.clear();
        reading.due.clear();
      }
      default -> {}
    }
  }

  private void early(
      StoredExecution row, Fact.HistoryEvent event, @Nullable Instant since, int seconds) {
    if (since != null && event.timestamp().isBefore(since.plusSeconds(seconds))) {
      verdict.add(
          Kind.EARLY,
          row.label()
              + " went on at event "
              + event.id()
              + " of "
              + event.timestamp()
              + ", "
              + seconds
              + " s from "
              + since
              + " were to pass");
    }
  }
}
