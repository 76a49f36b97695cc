package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.RecordingFiles;
import io.gradus.bench.chaos.check.StoredExecution;
import io.gradus.bench.chaos.check.StoredRun;
import io.gradus.engine.ExecutionStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes down what a database holds of executions, all as of one moment.
final class DatabaseDump {
  private static final String EXECUTIONS =
      """
      select t.account, e.id, m.name, e.name, e.status, e.state, e.last_event_id, e.parent_execution_id,
          e.started_at, e.stopped_at, r.definition, e.map_state
      from execution e
      join tenant t on t.id = e.tenant_id
      join state_machine m on m.tenant_id = e.tenant_id and m.id = e.state_machine_id
      join state_machine_revision r on r.tenant_id = e.tenant_id and r.id = e.revision_id""";

  private static final String HISTORY =
      """
      select t.account, h.execution_id, h.first_event_id, h.moved_by, h.events, $committed
      from history h join tenant t on t.id = h.tenant_id""";

  private DatabaseDump() {}

  static void write(Connection connection, RecordingFiles into) throws SQLException, IOException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    Map<String, Long> leftovers = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(500);
      List<StoredExecution> executions = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(EXECUTIONS)) {
        while (rows.next()) {
          executions.add(execution(rows));
        }
      }
      List<StoredRun> runs = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(HISTORY.replace("$committed", committed(connection)))) {
        while (rows.next()) {
          runs.add(
              new StoredRun(
                  rows.getString(1),
                  rows.getObject(2, UUID.class),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getBytes(5),
                  instant(rows, 6)));
        }
      }
      for (String table : List.of("task", "timer", "frame")) {
        leftovers.put(table, count(connection, table));
      }
      into.writeDatabase(executions, runs, leftovers);
    }
    connection.rollback();
  }

  /// The database's own word on when a row was committed, where it keeps that.
  private static String committed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show track_commit_timestamp")) {
      rows.next();
      return rows.getString(1).equals("on")
          ? "pg_xact_commit_timestamp(h.xmin)"
          : "null::timestamptz";
    }
  }

  private static StoredExecution execution(ResultSet rows) throws SQLException {
    String definition = new String(rows.getBytes(11), StandardCharsets.UTF_8);
    String map = rows.getString(12);
    return new StoredExecution(
        rows.getString(1),
        rows.getObject(2, UUID.class),
        map == null ? rows.getString(3) : rows.getString(3) + "/" + map,
        rows.getString(4),
        ExecutionStatus.ofCode(rows.getInt(5)),
        rows.getBytes(6),
        rows.getLong(7),
        rows.getObject(8, UUID.class),
        rows.getTimestamp(9).toInstant(),
        instant(rows, 10),
        map == null ? definition : processor(definition, map));
  }

  /// What a child of a Map Run runs, as a definition of its own.
  private static String processor(String definition, String map) {
    JsonNode whole = JsonMapper.shared().readTree(definition);
    for (JsonNode state : whole.findValues(map)) {
      if (state.path("ItemProcessor") instanceof ObjectNode found) {
        ObjectNode processor = found.deepCopy();
        processor.remove("ProcessorConfig");
        if (whole.has("QueryLanguage")) {
          processor.set("QueryLanguage", whole.get("QueryLanguage"));
        }
        return processor.toString();
      }
    }
    throw new IllegalStateException("expected a Map named " + map);
  }

  private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
    Timestamp at = rows.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
