package io.gradus.bench.chaos.check;

import io.gradus.bench.chaos.check.Verdict.Kind;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Each attempt ends once, by an answer that was given to it; each call was scheduled, and its
/// schedule durable, before it was made.
final class AttemptCheck {
  private final Verdict verdict;
  private final Oracle oracle;
  private final Map<String, List<WorkerCall>> calls = new HashMap<>();
  private final Set<Long> applied = new HashSet<>();

  /// When an attempt's schedule was committed, by the attempt's name.
  private final Map<String, Scheduled> scheduled = new HashMap<>();

  private record Scheduled(@Nullable Instant committedAt, String label) {}

  AttemptCheck(Verdict verdict, Oracle oracle, List<WorkerCall> calls) {
    this.verdict = verdict;
    this.oracle = oracle;
    for (WorkerCall call : calls) {
      this.calls.computeIfAbsent(call.attempt(), _ -> new ArrayList<>()).add(call);
    }
  }

  /// An attempt as its history tells it.
  private static final class Attempt {
    final long event;
    final @Nullable String name;
    int ends;

    Attempt(long event, @Nullable String name) {
      this.event = event;
      this.name = name;
    }
  }

  /// @return the outputs that tasks ended with, by the attempt's name
  Map<String, JsonNode> check(Journal journal) {
    StoredExecution row = journal.row();
    Map<FrameId, Attempt> attempts = new HashMap<>();
    Map<String, JsonNode> outputs = new HashMap<>();
    for (Journal.Entry entry : journal.entries()) {
      if (!(entry.fact() instanceof Fact.HistoryEvent event)) {
        continue;
      }
      switch (event.details()) {
        case Details.TaskScheduled details -> {
          String name = oracle.attempt(row, event, details.arguments());
          attempts.put(event.frame(), new Attempt(event.id(), name));
          if (name != null) {
            Instant durable = isExpress(name) ? row.startedAt() : entry.committedAt();
            scheduled.putIfAbsent(name, new Scheduled(durable, row.label()));
          }
        }
        case Details.TaskSucceeded details -> {
          Attempt attempt = ends(row, attempts, event);
          JsonNode output = details.output().json();
          if (attempt != null) {
            checkAnswer(row, attempt, output);
            if (attempt.name != null) {
              outputs.put(attempt.name, output);
            }
          }
        }
        case Details.TaskFailed _ -> ends(row, attempts, event);
        default -> {}
      }
    }
    return outputs;
  }

  /// Express executions are stored at their start and at their end, as AWS promises no more of
  /// them: their calls go before their history.
  private static boolean isExpress(String attempt) {
    return attempt.contains(":express:");
  }

  private @Nullable Attempt ends(
      StoredExecution row, Map<FrameId, Attempt> attempts, Fact.HistoryEvent event) {
    Attempt attempt = attempts.get(event.frame());
    if (attempt == null) {
      verdict.add(
          Kind.GAP,
          row.label() + " ended a task at event " + event.id() + " that was never scheduled");
      return null;
    }
    attempt.ends++;
    if (attempt.ends > 1) {
      verdict.add(
          Kind.DUPLICATED,
          row.label() + " ended the attempt of event " + attempt.event + " once more");
    }
    return attempt;
  }

  private void checkAnswer(StoredExecution row, Attempt attempt, JsonNode output) {
    OptionalLong answer = oracle.answeredBy(output);
    if (answer.isEmpty()) {
      return;
    }
    long call = answer.getAsLong();
    if (!applied.add(call)) {
      verdict.add(Kind.DUPLICATED, row.label() + " took answer " + call + " a second time");
    }
    List<WorkerCall> given =
        attempt.name == null ? List.of() : calls.getOrDefault(attempt.name, List.of());
    if (given.stream().noneMatch(one -> one.call() == call)) {
      verdict.add(
          Kind.DUPLICATED,
          row.label() + " took answer " + call + ", which was not given to " + attempt.name);
    }
  }

  /// To be called when every history was seen.
  void checkCalls() {
    calls.forEach(
        (attempt, made) -> {
          Scheduled before = scheduled.get(attempt);
          if (before == null) {
            verdict.add(Kind.DUPLICATED, attempt + " was called, and no history schedules it");
            return;
          }
          for (WorkerCall call : made) {
            checkCall(call, before);
          }
        });
  }

  private void checkCall(WorkerCall call, Scheduled before) {
    Instant committedAt = before.committedAt();
    if (committedAt != null && call.at().isBefore(committedAt)) {
      verdict.add(
          Kind.EARLY,
          call.attempt() + " was called at " + call.at() + ", and was durable at " + committedAt);
    }
    Instant lease = call.lease();
    if (lease != null && call.at().isAfter(lease)) {
      verdict.add(
          Kind.DUPLICATED,
          call.attempt() + " was called at " + call.at() + " under a lease until " + lease);
    }
  }
}
