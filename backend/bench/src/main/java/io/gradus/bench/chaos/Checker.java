package io.gradus.bench.chaos;

import io.gradus.bench.chaos.Notes.Note;
import io.gradus.bench.chaos.Notes.Outcome;
import io.gradus.bench.chaos.Verdict.Kind;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.journal.JournalCodec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds what the clients saw against what the database has: acknowledged is there, everything came
/// to its right end, and each history is whole.
final class Checker {
  private final List<Note> notes;
  private final Worker worker;
  private final Verdict verdict = new Verdict();
  private final Map<String, Row> byName = new HashMap<>();

  Checker(List<Note> notes, Worker worker) {
    this.notes = notes;
    this.worker = worker;
  }

  /// An execution as it is stored.
  record Row(
      UUID id,
      String name,
      ExecutionStatus status,
      byte[] state,
      long lastEventId,
      @Nullable UUID parent,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      byte[] definition) {
    boolean isChild() {
      return parent != null;
    }
  }

  /// Reads everything. Nothing must move any more.
  Verdict check(ChaosDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Map<UUID, Row> rows = rows(connection);
      verdict.executions(rows.size());
      Set<UUID> stopped = new HashSet<>();
      for (Row row : rows.values()) {
        if (!row.isChild()) {
          byName.put(row.name(), row);
        }
        if (row.status() == ExecutionStatus.ABORTED) {
          stopped.add(row.id());
        }
      }
      Map<String, JsonNode> inputs = histories(connection, rows);
      checkEnds(rows, stopped);
      checkStarts(inputs);
      checkStops();
      checkTokens();
      for (String table : List.of("task", "timer", "frame")) {
        long left = count(connection, table);
        if (left > 0) {
          verdict.add(Kind.LOST, left + " rows left in " + table + " with nothing running");
        }
      }
    }
    return verdict;
  }

  private static Map<UUID, Row> rows(Connection connection) throws SQLException {
    Map<UUID, Row> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select e.id, e.name, e.status, e.state, e.last_event_id, e.parent_execution_id,
                    e.started_at, e.stopped_at, r.definition
                from execution e join state_machine_revision r
                  on r.tenant_id = e.tenant_id and r.id = e.revision_id""")) {
      while (rows.next()) {
        java.sql.Timestamp stopped = rows.getTimestamp(8);
        UUID id = rows.getObject(1, UUID.class);
        found.put(
            id,
            new Row(
                id,
                rows.getString(2),
                ExecutionStatus.ofCode(rows.getInt(3)),
                rows.getBytes(4),
                rows.getLong(5),
                rows.getObject(6, UUID.class),
                rows.getTimestamp(7).toInstant(),
                stopped == null ? null : stopped.toInstant(),
                rows.getBytes(9)));
      }
    }
    return found;
  }

  /// Checks each history by itself.
  ///
  /// @return what each execution was started with, by name
  private Map<String, JsonNode> histories(Connection connection, Map<UUID, Row> rows)
      throws SQLException {
    HistoryCheck check = new HistoryCheck(verdict, worker);
    Map<String, JsonNode> inputs = new HashMap<>();
    Set<UUID> seen = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(500);
      try (ResultSet runs =
          statement.executeQuery(
              "select execution_id, events from history order by execution_id, first_event_id")) {
        UUID current = null;
        List<Fact> journal = new ArrayList<>();
        while (runs.next()) {
          UUID id = runs.getObject(1, UUID.class);
          if (!id.equals(current)) {
            finish(check, rows, current, journal, inputs);
            journal = new ArrayList<>();
            current = id;
            seen.add(id);
          }
          journal.addAll(JournalCodec.decode(runs.getBytes(2)));
        }
        finish(check, rows, current, journal, inputs);
      }
    }
    for (Row row : rows.values()) {
      if (!seen.contains(row.id())) {
        verdict.add(Kind.GAP, row.name() + " has no history");
      }
    }
    return inputs;
  }

  private void finish(
      HistoryCheck check,
      Map<UUID, Row> rows,
      @Nullable UUID id,
      List<Fact> journal,
      Map<String, JsonNode> inputs) {
    if (id == null) {
      return;
    }
    Row row = rows.get(id);
    if (row == null) {
      verdict.add(Kind.GAP, "the history of " + id + " has no execution");
      return;
    }
    try {
      JsonNode input = check.check(row, journal);
      if (!row.isChild()) {
        inputs.put(row.name(), input);
      }
    } catch (RuntimeException e) {
      verdict.add(Kind.GAP, "the history of " + row.name() + " cannot be read: " + e);
    }
  }

  /// Everything has ended, as it should or as someone asked.
  private void checkEnds(Map<UUID, Row> rows, Set<UUID> stopped) {
    Set<String> stopsAsked = new HashSet<>();
    for (Note note : notes) {
      if (note.operation().equals("StopExecution") && note.type() == Outcome.INVOKE) {
        stopsAsked.add(note.subject());
      }
    }
    for (Row row : rows.values()) {
      boolean asked =
          row.parent() == null ? stopsAsked.contains(row.name()) : stopped.contains(row.parent());
      boolean right =
          row.status() == ExecutionStatus.SUCCEEDED
              || (row.status() == ExecutionStatus.ABORTED && asked);
      if (!right) {
        verdict.add(Kind.LOST, row.name() + " (" + row.id() + ") is " + row.status());
      }
    }
  }

  /// Acknowledged ⊆ found ⊆ tried; one input wins each name, and whoever was told so had that
  /// input.
  private void checkStarts(Map<String, JsonNode> inputs) {
    Map<Long, Note> invoked = new HashMap<>();
    Map<String, Double> startDates = new HashMap<>();
    Set<String> tried = new HashSet<>();
    for (Note note : notes) {
      if (!note.operation().equals("StartExecution")) {
        continue;
      }
      switch (note.type()) {
        case INVOKE -> {
          invoked.put(note.call(), note);
          tried.add(note.subject());
        }
        case OK -> checkAcknowledged(note, invoked, inputs, startDates);
        case FAIL -> {
          if (!"ExecutionAlreadyExists".equals(note.value())) {
            verdict.add(Kind.LOST, note.subject() + " was refused with " + note.value());
          } else if (!byName.containsKey(note.subject())) {
            verdict.add(Kind.LOST, note.subject() + " was said to exist, and does not");
          }
        }
        case INFO -> {}
      }
    }
    for (String name : byName.keySet()) {
      if (!tried.contains(name)) {
        verdict.add(Kind.DUPLICATED, name + " is there, and nobody started it");
      }
    }
  }

  private void checkAcknowledged(
      Note note,
      Map<Long, Note> invoked,
      Map<String, JsonNode> inputs,
      Map<String, Double> startDates) {
    Row row = byName.get(note.subject());
    if (row == null) {
      verdict.add(Kind.LOST, note.subject() + " was acknowledged, and is not there");
      return;
    }
    double date = json(note.value()).path("startDate").doubleValue();
    Double before = startDates.putIfAbsent(note.subject(), date);
    if (before != null && before != date) {
      verdict.add(Kind.DUPLICATED, note.subject() + " began at " + before + " and at " + date);
    }
    Note asked = invoked.get(note.call());
    JsonNode stored = inputs.get(note.subject());
    if (asked != null && stored != null && !stored.equals(json(asked.value()))) {
      verdict.add(
          Kind.DUPLICATED,
          note.subject() + " was acknowledged with " + asked.value() + ", and has " + stored);
    }
  }

  /// Who was told that it stopped was told the moment that is stored.
  private void checkStops() {
    for (Note note : notes) {
      if (!note.operation().equals("StopExecution") || note.type() != Outcome.OK) {
        continue;
      }
      Row row = byName.get(note.subject());
      Instant stoppedAt = row == null ? null : row.stoppedAt();
      double told = json(note.value()).path("stopDate").doubleValue();
      if (stoppedAt == null
          || Math.abs(Duration.between(Instant.EPOCH, stoppedAt).toNanos() / 1e9 - told) > 0.002) {
        verdict.add(
            Kind.LOST,
            note.subject() + " was said to have stopped at " + told + ", and did at " + stoppedAt);
      }
    }
  }

  /// A token closes once, and later calls hear that it is closed.
  private void checkTokens() {
    Map<String, Integer> closed = new HashMap<>();
    for (Note note : notes) {
      if (!note.operation().equals("SendTaskSuccess")) {
        continue;
      }
      if (note.type() == Outcome.OK && closed.merge(note.subject(), 1, Integer::sum) > 1) {
        verdict.add(Kind.DUPLICATED, "a token was closed twice: " + note.subject());
      }
      if (note.type() == Outcome.FAIL && !"TaskTimedOut".equals(note.value())) {
        verdict.add(Kind.LOST, "a token was refused with " + note.value());
      }
    }
  }

  private static JsonNode json(@Nullable String text) {
    return JsonMapper.shared().readTree(text == null ? "null" : text);
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
