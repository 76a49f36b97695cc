package io.gradus.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Fills the tables with copies of an execution that ran: the same rows under other ids and names,
/// started one after another over the last thirty days. To run a million would take as long as it
/// takes.
final class Filler {
  private static final long SPAN_MS = 30L * 24 * 3_600 * 1_000;
  private static final int BATCH = 50_000;

  private final TemporaryDatabase database;
  private final String template;

  /// @param template the id of the execution to copy
  Filler(TemporaryDatabase database, String template) throws SQLException {
    this.database = database;
    this.template = template;
    // Version 7, as the engine's own: their order is that of time.
    database.execute(
        """
        create or replace function bench_id(ms bigint, i bigint) returns uuid immutable language sql as $$
          select (lpad(to_hex(ms), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid
        $$""");
  }

  /// Makes the copies `from` to `to` (exclusive) of `total`.
  void copy(long from, long to, long total) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      for (long at = from; at < to; at += BATCH) {
        String series = series(at, Math.min(to, at + BATCH), total);
        statement.execute(copy(statement, "execution", "id", series));
        for (String table : List.of("history", "timer")) {
          statement.execute(copy(statement, table, "execution_id", series));
        }
      }
      statement.execute("vacuum analyze execution, history, timer");
      statement.execute("checkpoint");
    }
  }

  private static String series(long from, long to, long total) {
    long begin = System.currentTimeMillis() - SPAN_MS;
    return """
        (select bench_id(ms, i) as copy_id, ms from (
          select i, %d + i * %d / %d as ms from generate_series(%d::bigint, %d::bigint) i) s offset 0) g"""
        .formatted(begin, SPAN_MS, Math.max(1, total), from, to - 1);
  }

  private String copy(Statement statement, String table, String key, String series)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select column_name from information_schema.columns where table_name = '%s' and table_schema = 'public' order by ordinal_position"
                .formatted(table))) {
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    List<String> values =
        columns.stream()
            .map(
                column ->
                    column.equals(key)
                        ? "g.copy_id"
                        : switch (column) {
                          case "name" -> "g.copy_id::text";
                          case "started_at" -> "to_timestamp(g.ms / 1000.0)";
                          case "stopped_at" ->
                              "to_timestamp(g.ms / 1000.0) + (t.stopped_at - t.started_at)";
                          default -> "t." + column;
                        })
            .toList();
    return "insert into %s (%s) select %s from %s cross join %s t where t.%s = '%s'"
        .formatted(
            table,
            String.join(", ", columns),
            String.join(", ", values),
            series,
            table,
            key,
            template);
  }
}
