package io.gradus.store.commit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks how the database would run a commit group on this connection. A plan that does not name
/// the whole key in its index condition reads thousands of rows for each that it wants, as soon as
/// the table has thousands. As long as it has a few pages any plan is as good, and the planner
/// takes any.
final class PlanCheck {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "execution", List.of("tenant_id", "id"),
          "map_run", List.of("tenant_id", "id"),
          "frame", List.of("tenant_id", "execution_id", "frame_id"),
          "task", List.of("tenant_id", "execution_id", "frame_id", "attempt"),
          "timer", List.of("tenant_id", "execution_id", "timer_id"),
          "inbox", List.of("tenant_id", "execution_id", "source_id"));

  private static final Pattern SCAN =
      Pattern.compile("\\w+(?: \\w+)* Scan(?: using (?<index>\\w+))? on (?<table>\\w+)");

  private PlanCheck() {}

  private static final int FEW_PAGES = 64;

  /// What is wrong with the plans of a connection; empty when each hot table of some size is
  /// reached by its full primary key.
  static List<String> faults(Connection connection) throws SQLException {
    return faults(connection, FEW_PAGES);
  }

  static List<String> faults(Connection connection, int fewPages) throws SQLException {
    Set<String> tables = larger(connection, fewPages);
    List<String> faults = new ArrayList<>();
    if (tables.isEmpty()) {
      return faults;
    }
    for (GroupSql sql : GroupSql.values()) {
      fault(plan(connection, sql.grouped()), tables)
          .ifPresent(fault -> faults.add(sql + ": " + fault));
    }
    return faults;
  }

  private static Set<String> larger(Connection connection, int pages) throws SQLException {
    Set<String> tables = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      for (String table : KEYS.keySet()) {
        try (ResultSet size =
            statement.executeQuery("select pg_relation_size('" + table + "') / 8192")) {
          if (size.next() && size.getLong(1) >= pages) {
            tables.add(table);
          }
        }
      }
    }
    return tables;
  }

  private static List<String> plan(Connection connection, String sql) throws SQLException {
    StringBuilder numbered = new StringBuilder();
    int parameters = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      numbered.append(c == '?' ? "$" + ++parameters : String.valueOf(c));
    }
    String nulls = "null" + ", null".repeat(parameters - 1);
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare gradus_plan_check as " + numbered);
      try (ResultSet rows =
          statement.executeQuery("explain (costs off) execute gradus_plan_check(" + nulls + ")")) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      } finally {
        statement.execute("deallocate gradus_plan_check");
      }
    }
    return lines;
  }

  /// The first scan of a hot table that is not by its full key.
  static Optional<String> fault(List<String> plan, Set<String> tables) {
    for (int i = 0; i < plan.size(); i++) {
      Matcher scan = SCAN.matcher(plan.get(i));
      if (!scan.find()) {
        continue;
      }
      String table = scan.group("table");
      List<String> key = KEYS.get(table);
      if (key == null || !tables.contains(table)) {
        continue;
      }
      if ("execution_of_map_run".equals(scan.group("index"))
          && line(plan, i + 1).contains("(map_run_id = ")) {
        continue; // the children of one Map Run
      }
      // A bitmap of the one row's page is a detour, but by the key all the same.
      boolean bitmap = line(plan, i + 2).endsWith("Bitmap Index Scan on " + table + "_pkey");
      String condition = line(plan, bitmap ? i + 3 : i + 1);
      boolean byKey =
          (bitmap || (table + "_pkey").equals(scan.group("index")))
              && condition.startsWith("Index Cond:")
              && key.stream().allMatch(column -> condition.contains("(" + column + " = "));
      if (!byKey) {
        return Optional.of(scan.group() + " " + condition);
      }
    }
    return Optional.empty();
  }

  private static String line(List<String> plan, int i) {
    return i < plan.size() ? plan.get(i).strip() : "";
  }
}
