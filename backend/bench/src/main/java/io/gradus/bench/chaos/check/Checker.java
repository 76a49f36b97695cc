package io.gradus.bench.chaos.check;

import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.bench.chaos.check.Note.Outcome;
import io.gradus.bench.chaos.check.Verdict.Kind;
import io.gradus.engine.Details;
import io.gradus.engine.Engine;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Holds what the clients and the workers saw against what is stored, and refutes what can be
/// refuted: acknowledged and not there, histories with holes, a state that is not the fold of its
/// history, attempts and tokens that end twice, timers before their time, names that are two
/// executions, tenants that meet.
public final class Checker {
  private static final TenantId ANY_TENANT = new TenantId(new UUID(0, 0));

  /// The same definitions come again and again, above all in simulations.
  private static final Map<String, Definition> DEFINITIONS = new ConcurrentHashMap<>();

  private static final int MAX_DEFINITIONS = 2_000;

  private final Recording recording;
  private final Oracle oracle;
  private final Verdict verdict = new Verdict();
  private final Map<String, StoredExecution> byLabel = new HashMap<>();
  private final Map<String, JsonNode> inputs = new HashMap<>();
  private final Map<String, JsonNode> outputs = new HashMap<>();
  private final Map<String, Integer> redrives = new HashMap<>();
  private final Set<String> stopsAsked = new HashSet<>();

  private record Key(String tenant, UUID id) {}

  private Checker(Recording recording, Oracle oracle) {
    this.recording = recording;
    this.oracle = oracle;
  }

  /// Checks all of it. Nothing must have moved any more when it was recorded.
  public static Verdict check(Recording recording, Oracle oracle) {
    return new Checker(recording, oracle).check();
  }

  private Verdict check() {
    verdict.executions(recording.executions().size());
    Map<Key, StoredExecution> rows = rows();
    for (Note note : recording.notes()) {
      if (note.is("StopExecution", Outcome.INVOKE)) {
        stopsAsked.add(note.tenant() + "/" + note.subject());
      }
      if (note.isTrespass() && note.type() == Outcome.OK) {
        verdict.add(
            Kind.DUPLICATED,
            note.tenant() + " was allowed a " + note.operation() + " on " + note.subject());
      }
    }
    checkHistories(rows);
    StartCheck starts = new StartCheck(verdict, byLabel, inputs);
    starts.check(recording.notes());
    starts.checkStops(recording.notes(), redrives);
    starts.checkRedrives(recording.notes(), redrives);
    new TokenCheck(verdict, oracle, recording.calls()).check(recording.notes(), outputs);
    recording
        .leftovers()
        .forEach(
            (table, count) -> {
              if (count > 0) {
                verdict.add(Kind.LOST, count + " rows left in " + table + " at rest");
              }
            });
    return verdict;
  }

  private Map<Key, StoredExecution> rows() {
    Map<Key, StoredExecution> rows = new HashMap<>();
    for (StoredExecution row : recording.executions()) {
      rows.put(new Key(row.tenant(), row.id()), row);
      if (!row.isChild() && byLabel.put(row.label(), row) != null) {
        verdict.add(Kind.DUPLICATED, row.label() + " is there twice");
      }
    }
    return rows;
  }

  private void checkHistories(Map<Key, StoredExecution> rows) {
    Map<Key, List<StoredRun>> runs = new HashMap<>();
    for (StoredRun run : recording.runs()) {
      runs.computeIfAbsent(new Key(run.tenant(), run.execution()), _ -> new ArrayList<>()).add(run);
    }
    OrderCheck order = new OrderCheck(verdict);
    TimeCheck times = new TimeCheck(verdict, oracle);
    AttemptCheck attempts = new AttemptCheck(verdict, oracle, recording.calls());
    rows.forEach(
        (key, row) -> {
          List<StoredRun> own = runs.remove(key);
          if (own == null) {
            verdict.add(Kind.GAP, row.label() + " has no history");
            return;
          }
          try {
            Journal journal = Journal.read(row, own);
            JsonNode input = input(journal);
            if (!row.isChild()) {
              inputs.put(row.label(), input);
              redrives.put(row.label(), countRedrives(journal));
            }
            order.check(journal);
            times.check(journal, input);
            outputs.putAll(attempts.check(journal));
            checkState(journal, input, rows);
          } catch (RuntimeException e) {
            verdict.add(Kind.GAP, "the history of " + row.label() + " cannot be read: " + e);
          }
        });
    attempts.checkCalls();
    runs.keySet()
        .forEach(
            key ->
                verdict.add(
                    Kind.DUPLICATED,
                    "tenant " + key.tenant() + " has a history of " + key.id() + ", no execution"));
  }

  private static JsonNode input(Journal journal) {
    for (Journal.Entry entry : journal.entries()) {
      if (entry.fact() instanceof Fact.HistoryEvent event
          && event.details() instanceof Details.ExecutionStarted started) {
        return started.input().json();
      }
    }
    throw new IllegalStateException("expected an ExecutionStarted event");
  }

  private static int countRedrives(Journal journal) {
    int count = 0;
    for (Journal.Entry entry : journal.entries()) {
      if (entry.fact() instanceof Fact.HistoryEvent event
          && event.details() instanceof Details.ExecutionRedriven) {
        count++;
      }
    }
    return count;
  }

  private void checkState(Journal journal, JsonNode input, Map<Key, StoredExecution> rows) {
    StoredExecution row = journal.row();
    boolean stopAsked = isStopAsked(row, rows);
    if (!row.status().isTerminal()) {
      verdict.add(Kind.LOST, row.label() + " (" + row.id() + ") is still " + row.status());
      return;
    }
    if (row.status() == ExecutionStatus.ABORTED && !stopAsked) {
      verdict.add(Kind.LOST, row.label() + " (" + row.id() + ") is ABORTED, and nobody asked");
    }
    Execution folded = Engine.replay(info(row), journal.facts());
    if (!Arrays.equals(StateCodec.encode(folded), row.state())) {
      verdict.add(Kind.GAP, row.label() + " has a state that is not the fold of its history");
    }
    Payload output = folded.output();
    for (String difference :
        oracle.differences(row, input, stopAsked, output == null ? null : output.json())) {
      verdict.add(Kind.LOST, row.label() + " came out wrong: " + difference);
    }
  }

  /// A child is stopped with its parent.
  private boolean isStopAsked(StoredExecution row, Map<Key, StoredExecution> rows) {
    UUID parent = row.parent();
    StoredExecution above = parent == null ? null : rows.get(new Key(row.tenant(), parent));
    return above == null ? stopsAsked.contains(row.label()) : isStopAsked(above, rows);
  }

  private static ExecutionInfo info(StoredExecution row) {
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
        definition(row.definition()),
        ExecutionInfo.Limits.AWS);
  }

  private static Definition definition(String text) {
    if (DEFINITIONS.size() > MAX_DEFINITIONS) {
      DEFINITIONS.clear();
    }
    return DEFINITIONS.computeIfAbsent(
        text, t -> Objects.requireNonNull(DefinitionParser.parse(t).definition()));
  }
}
