package io.gradus.bench.chaos.check;

import io.gradus.bench.chaos.check.Note.Outcome;
import io.gradus.bench.chaos.check.Verdict.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A token closes once; who closed it finds what they said in the history, and later callers hear
/// that it is closed. What stands in a history was said by someone who had the token.
final class TokenCheck {
  private final Verdict verdict;
  private final Oracle oracle;

  /// The attempt that each token is for.
  private final Map<String, String> attempts = new HashMap<>();

  TokenCheck(Verdict verdict, Oracle oracle, List<WorkerCall> calls) {
    this.verdict = verdict;
    this.oracle = oracle;
    for (WorkerCall call : calls) {
      String token = call.token();
      if (token != null) {
        attempts.put(token, call.attempt());
      }
    }
  }

  /// @param outputs what tasks ended with, by the attempt's name
  void check(List<Note> notes, Map<String, JsonNode> outputs) {
    Map<String, Long> closed = new HashMap<>();
    Map<Long, String> said = new HashMap<>();
    Set<Long> refused = new HashSet<>();
    for (Note note : notes) {
      if (note.is("GetActivityTask", Outcome.OK)) {
        noteActivity(note);
      }
      if (!note.operation().equals("SendTaskSuccess")) {
        continue;
      }
      switch (note.type()) {
        case INVOKE -> said.put(note.call(), note.subject());
        case OK -> {
          Long before = closed.putIfAbsent(note.subject(), note.call());
          if (before != null) {
            verdict.add(Kind.DUPLICATED, "a token was closed twice: " + name(note.subject()));
          }
        }
        case FAIL -> {
          refused.add(note.call());
          if (!"TaskTimedOut".equals(note.value())) {
            verdict.add(Kind.LOST, "a token was refused with " + note.value());
          }
        }
        case INFO -> {}
      }
    }
    closed.forEach((token, call) -> checkKept(token, call, outputs));
    checkSaid(said, refused, outputs);
  }

  /// Tokens of activities come in the answers to those who asked for work.
  private void noteActivity(Note note) {
    JsonNode answer = Json.read(note.value());
    if (answer.path("taskToken").isString()) {
      JsonNode key = Json.read(answer.path("input").asString("null")).path("key");
      attempts.put(answer.get("taskToken").stringValue(), key.asString(""));
    }
  }

  private String name(String token) {
    return attempts.getOrDefault(token, token);
  }

  private void checkKept(String token, long call, Map<String, JsonNode> outputs) {
    JsonNode output = outputs.get(name(token));
    OptionalLong by = output == null ? OptionalLong.empty() : oracle.completedBy(output);
    if (output == null) {
      verdict.add(
          Kind.LOST, name(token) + " was acknowledged as done, and its history knows nothing");
    } else if (by.isPresent() && by.getAsLong() != call) {
      verdict.add(
          Kind.DUPLICATED,
          name(token) + " was acknowledged to call " + call + ", and has the output of " + by);
    }
  }

  private void checkSaid(Map<Long, String> said, Set<Long> refused, Map<String, JsonNode> outputs) {
    Set<Long> taken = new HashSet<>();
    outputs.forEach(
        (attempt, output) -> {
          OptionalLong by = oracle.completedBy(output);
          if (by.isEmpty()) {
            return;
          }
          String token = said.get(by.getAsLong());
          if (token == null || !attempt.equals(name(token))) {
            verdict.add(
                Kind.DUPLICATED,
                attempt + " has the output of call " + by.getAsLong() + ", which was not for it");
          } else if (refused.contains(by.getAsLong())) {
            verdict.add(
                Kind.DUPLICATED,
                attempt + " has the output of call " + by.getAsLong() + ", which was refused");
          } else if (!taken.add(by.getAsLong())) {
            verdict.add(
                Kind.DUPLICATED, attempt + " has the output that another attempt has as well");
          }
        });
  }
}
