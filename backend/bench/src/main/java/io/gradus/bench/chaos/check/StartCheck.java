package io.gradus.bench.chaos.check;

import io.gradus.bench.chaos.check.Note.Outcome;
import io.gradus.bench.chaos.check.Verdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Acknowledged ⊆ found ⊆ tried; one input wins each name, and whoever was told that it started had
/// that input. Who was told that it stopped, or was redriven, was told the truth.
final class StartCheck {
  private static final String START = "StartExecution";

  private final Verdict verdict;
  private final Map<String, StoredExecution> rows;
  private final Map<String, JsonNode> inputs;

  /// @param rows those without a parent, by their label
  /// @param inputs what each was started with, by its label
  StartCheck(Verdict verdict, Map<String, StoredExecution> rows, Map<String, JsonNode> inputs) {
    this.verdict = verdict;
    this.rows = rows;
    this.inputs = inputs;
  }

  private static String label(Note note) {
    return note.tenant() + "/" + note.subject();
  }

  void check(List<Note> notes) {
    Map<Long, Note> invoked = new HashMap<>();
    Map<String, String> told = new HashMap<>();
    Set<String> tried = new HashSet<>();
    for (Note note : notes) {
      if (!note.operation().equals(START)) {
        continue;
      }
      switch (note.type()) {
        case INVOKE -> {
          invoked.put(note.call(), note);
          tried.add(label(note));
        }
        case OK -> checkAcknowledged(note, invoked, told);
        case FAIL -> checkRefused(note);
        case INFO -> {}
      }
    }
    checkFound(notes);
    for (String name : rows.keySet()) {
      if (!tried.contains(name)) {
        verdict.add(Kind.DUPLICATED, name + " is there, and nobody started it");
      }
    }
  }

  /// What was acknowledged is there for every call that begins afterwards.
  private void checkFound(List<Note> notes) {
    Set<String> acknowledged = new HashSet<>();
    Set<Long> owed = new HashSet<>();
    for (Note note : notes) {
      if (note.isTrespass()) {
        continue;
      }
      switch (note.type()) {
        case INVOKE -> {
          if (acknowledged.contains(label(note))) {
            owed.add(note.call());
          }
        }
        case OK -> {
          if (note.operation().equals(START)) {
            acknowledged.add(label(note));
          }
        }
        case FAIL -> {
          if (owed.contains(note.call()) && "ExecutionDoesNotExist".equals(note.value())) {
            verdict.add(Kind.LOST, label(note) + " was not there for a " + note.operation());
          }
        }
        case INFO -> {}
      }
    }
  }

  private void checkRefused(Note note) {
    if (!"ExecutionAlreadyExists".equals(note.value())) {
      verdict.add(Kind.LOST, label(note) + " was refused with " + note.value());
    } else if (!rows.containsKey(label(note))) {
      verdict.add(Kind.LOST, label(note) + " was said to exist, and does not");
    }
  }

  private void checkAcknowledged(Note note, Map<Long, Note> invoked, Map<String, String> told) {
    if (!rows.containsKey(label(note))) {
      verdict.add(Kind.LOST, label(note) + " was acknowledged, and is not there");
      return;
    }
    String answer = Objects.requireNonNullElse(note.value(), "");
    String before = told.putIfAbsent(label(note), answer);
    if (before != null && !before.equals(answer)) {
      verdict.add(Kind.DUPLICATED, label(note) + " is " + before + " and " + answer);
    }
    Note asked = invoked.get(note.call());
    JsonNode stored = inputs.get(label(note));
    if (asked != null && stored != null && !stored.equals(Json.read(asked.value()))) {
      verdict.add(
          Kind.DUPLICATED,
          label(note) + " was acknowledged with " + asked.value() + ", and has " + stored);
    }
  }

  /// Who was told that it stopped was told the moment that is stored.
  void checkStops(List<Note> notes, Map<String, Integer> redrives) {
    for (Note note : notes) {
      if (!note.is("StopExecution", Outcome.OK) || redrives.getOrDefault(label(note), 0) > 0) {
        continue;
      }
      StoredExecution row = rows.get(label(note));
      Instant stoppedAt = row == null ? null : row.stoppedAt();
      double toldAt = Json.read(note.value()).path("stopDate").doubleValue();
      if (stoppedAt == null || !isSame(stoppedAt, toldAt)) {
        verdict.add(
            Kind.LOST,
            label(note) + " was said to have stopped at " + toldAt + ", and did at " + stoppedAt);
      }
    }
  }

  private static boolean isSame(Instant at, double seconds) {
    return Math.abs(Duration.between(Instant.EPOCH, at).toNanos() / 1e9 - seconds) <= 0.002;
  }

  /// Every redrive that was acknowledged is in the history, and no more than were asked for.
  ///
  /// @param redrives how many each history tells of
  void checkRedrives(List<Note> notes, Map<String, Integer> redrives) {
    Map<String, Set<String>> acknowledged = new HashMap<>();
    Map<String, Set<String>> asked = new HashMap<>();
    Map<Long, String> tokens = new HashMap<>();
    for (Note note : notes) {
      if (note.is("RedriveExecution", Outcome.INVOKE)) {
        String token = Objects.requireNonNullElse(note.value(), "");
        tokens.put(note.call(), token);
        asked.computeIfAbsent(label(note), _ -> new HashSet<>()).add(token);
      } else if (note.is("RedriveExecution", Outcome.OK)) {
        acknowledged
            .computeIfAbsent(label(note), _ -> new HashSet<>())
            .add(Objects.requireNonNullElse(tokens.get(note.call()), ""));
      }
    }
    acknowledged.forEach(
        (name, distinct) -> {
          if (redrives.getOrDefault(name, 0) < distinct.size()) {
            verdict.add(Kind.LOST, name + " was acknowledged to be redriven, and was not");
          }
        });
    redrives.forEach(
        (name, count) -> {
          int most = asked.getOrDefault(name, Set.of()).size();
          if (count > most) {
            verdict.add(
                Kind.DUPLICATED, name + " was redriven " + count + " times, asked for " + most);
          }
        });
  }
}
