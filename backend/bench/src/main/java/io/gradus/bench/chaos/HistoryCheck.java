package io.gradus.bench.chaos;

import io.gradus.asl.parse.DefinitionParser;
import io.gradus.bench.chaos.Verdict.Kind;
import io.gradus.engine.Details;
import io.gradus.engine.Engine;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Checks one history after another: ids without gaps, predecessors of the same branch, each
/// attempt ended once and by an answer that was given to it, nothing before its time, nothing after
/// the end, and the stored state as the fold of it all.
final class HistoryCheck {
  private static final TenantId ANY_TENANT = new TenantId(new UUID(0, 0));

  private final Verdict verdict;
  private final Worker worker;
  private final Set<Long> applied = new HashSet<>();

  HistoryCheck(Verdict verdict, Worker worker) {
    this.verdict = verdict;
    this.worker = worker;
  }

  /// What one history says as it is read from its beginning.
  private static final class Reading {
    final Map<Long, FrameId> frames = new HashMap<>();
    final Map<FrameId, Attempt> attempts = new HashMap<>();
    final Map<FrameId, Instant> failedAt = new HashMap<>();
    final Map<FrameId, Instant> enteredAt = new HashMap<>();
    long lastId;
    boolean ended;
    @Nullable JsonNode input;
  }

  private static final class Attempt {
    final long scheduled;
    final @Nullable String key;
    int ends;

    Attempt(long scheduled, @Nullable String key) {
      this.scheduled = scheduled;
      this.key = key;
    }
  }

  /// @return what it was started with
  JsonNode check(Checker.Row row, List<Fact> journal) {
    Reading reading = new Reading();
    for (Fact fact : journal) {
      if (fact instanceof Fact.HistoryEvent event) {
        checkOrder(row, reading, event);
        checkTime(row, reading, event);
        checkAttempts(row, reading, event);
      }
    }
    if (reading.lastId != row.lastEventId()) {
      gap(row, "ends at event " + reading.lastId + ", its row says " + row.lastEventId());
    }
    if (reading.ended != (row.status() != ExecutionStatus.RUNNING)) {
      gap(row, "is " + row.status() + ", and its history says otherwise");
    }
    JsonNode input = Objects.requireNonNull(reading.input, "expected an ExecutionStarted event");
    checkFold(row, journal, input);
    return input;
  }

  private void checkOrder(Checker.Row row, Reading reading, Fact.HistoryEvent event) {
    if (event.id() != reading.lastId + 1) {
      gap(row, "has event " + event.id() + " after " + reading.lastId);
    }
    if (reading.ended) {
      verdict.add(Kind.DUPLICATED, row.name() + " goes on after its end, at event " + event.id());
    }
    reading.lastId = event.id();
    long previous = event.previousEventId();
    if (event.details() instanceof Details.ExecutionAborted) {
      // AWS gives it none.
      if (previous != 0) {
        gap(row, "was aborted after " + previous + ", expected no predecessor");
      }
    } else if (previous >= event.id() || (previous == 0 && event.id() > 2)) {
      gap(row, "has event " + event.id() + " after its predecessor " + previous);
    } else if (previous > 0 && !isSameBranch(reading.frames.get(previous), branch(event))) {
      gap(row, "has event " + event.id() + " with a predecessor in another branch: " + previous);
    }
    reading.frames.put(event.id(), event.frame());
    switch (event.details()) {
      case Details.ExecutionStarted started -> reading.input = started.input().json();
      case Details.ExecutionSucceeded _,
          Details.ExecutionFailed _,
          Details.ExecutionTimedOut _,
          Details.ExecutionAborted _ ->
          reading.ended = true;
      default -> {}
    }
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

  private void checkTime(Checker.Row row, Reading reading, Fact.HistoryEvent event) {
    switch (event.details()) {
      case Details.StateEntered entered -> {
        reading.failedAt.remove(event.frame());
        if (entered.name().value().equals("Nap")) {
          reading.enteredAt.put(event.frame(), event.timestamp());
        }
      }
      case Details.StateExited exited -> {
        if (exited.name().value().equals("Nap")) {
          int seconds = Objects.requireNonNull(reading.input).get("nap").intValue();
          early(row, event, reading.enteredAt.get(event.frame()), seconds);
        }
      }
      case Details.TaskFailed _ -> reading.failedAt.put(event.frame(), event.timestamp());
      case Details.TaskScheduled _ -> {
        Instant failed = reading.failedAt.remove(event.frame());
        if (failed != null) {
          early(row, event, failed, Scenario.RETRY_SECONDS);
        }
      }
      default -> {}
    }
  }

  private void early(
      Checker.Row row, Fact.HistoryEvent event, @Nullable Instant since, int seconds) {
    if (since == null) {
      gap(row, "left a Wait at event " + event.id() + " that it never entered");
    } else if (event.timestamp().isBefore(since.plusSeconds(seconds))) {
      verdict.add(
          Kind.EARLY,
          row.name() + " waited from " + since + " to " + event.timestamp() + " for " + seconds);
    }
  }

  private void checkAttempts(Checker.Row row, Reading reading, Fact.HistoryEvent event) {
    switch (event.details()) {
      case Details.TaskScheduled scheduled ->
          reading.attempts.put(event.frame(), new Attempt(event.id(), key(scheduled.arguments())));
      case Details.TaskSucceeded succeeded -> {
        Attempt attempt = ends(row, reading, event);
        JsonNode call = succeeded.output().json().at("/Payload/call");
        if (attempt != null && call.isNumber()) {
          checkAnswer(row, attempt, call.longValue());
        }
      }
      case Details.TaskFailed _ -> ends(row, reading, event);
      default -> {}
    }
  }

  private static @Nullable String key(Payload arguments) {
    return arguments.isResolved() && arguments.json().at("/Payload/key").isString()
        ? arguments.json().at("/Payload/key").stringValue()
        : null;
  }

  private @Nullable Attempt ends(Checker.Row row, Reading reading, Fact.HistoryEvent event) {
    Attempt attempt = reading.attempts.get(event.frame());
    if (attempt == null) {
      gap(row, "ended a task at event " + event.id() + " that was never scheduled");
      return null;
    }
    attempt.ends++;
    if (attempt.ends > 1) {
      verdict.add(
          Kind.DUPLICATED,
          row.name() + " ended the attempt of event " + attempt.scheduled + " once more");
    }
    return attempt;
  }

  private void checkAnswer(Checker.Row row, Attempt attempt, long call) {
    if (!applied.add(call)) {
      verdict.add(Kind.DUPLICATED, row.name() + " took answer " + call + " a second time");
    }
    if (attempt.key == null || !worker.answers(attempt.key).contains(call)) {
      verdict.add(
          Kind.DUPLICATED,
          row.name() + " took answer " + call + ", which was not given to " + attempt.key);
    }
  }

  private void checkFold(Checker.Row row, List<Fact> journal, JsonNode input) {
    Execution folded = Execution.fresh(info(row));
    for (Fact fact : journal) {
      folded = Engine.apply(folded, fact);
    }
    if (!Arrays.equals(StateCodec.encode(folded), row.state())) {
      gap(row, "has a state that is not the fold of its history");
    }
    Payload output = folded.output();
    if (row.isChild() || row.status() != ExecutionStatus.SUCCEEDED || output == null) {
      return;
    }
    if (!output.isResolved()) {
      JournalCodec.payloads(
              JournalCodec.encode(journal), List.of(Objects.requireNonNull(output.origin())))
          .values()
          .forEach(output::resolve);
    }
    for (String difference : Scenario.differences(input, output.json())) {
      verdict.add(Kind.LOST, row.name() + " came out wrong: " + difference);
    }
  }

  private static ExecutionInfo info(Checker.Row row) {
    String definition = new String(row.definition(), StandardCharsets.UTF_8);
    return new ExecutionInfo(
        new ExecutionKey(ANY_TENANT, row.id()),
        "",
        row.name(),
        "",
        "",
        "",
        null,
        null,
        row.startedAt(),
        Objects.requireNonNull(DefinitionParser.parse(definition).definition()),
        ExecutionInfo.Limits.AWS);
  }

  private void gap(Checker.Row row, String what) {
    verdict.add(Kind.GAP, row.name() + " " + what);
  }
}
