package io.gradus.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.store.Database;
import io.gradus.store.Fixture;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A node's first plans are made while the tables are empty, and stay for as long as nobody
/// analyses them. So already those have to go by the index that is right when they are full.
class EnginePlansTest {
  private static final Set<String> RIGHT =
      Set.of(
          "batch_due (due_at)",
          "batch_pkey (tenant_id)",
          "batch_pkey (tenant_id, id)",
          "batch_item_pkey (tenant_id, batch_id, number)",
          "batch_item_waiting (tenant_id, batch_id)",
          "batch_item_waiting (tenant_id, batch_id, number)",
          "execution_pkey (tenant_id, id)",
          "execution_ended (stopped_at, stopped_at)",
          "execution_listed (tenant_id, id, id)",
          "execution_stat_pkey (tenant_id, span, bucket_at)",
          "execution_stat_pkey (tenant_id, span, bucket_at, bucket_at)",
          "execution_open (owner)",
          "execution_open (owner, tenant_id)",
          "execution_of_map_run (tenant_id, map_run_id, status)",
          "execution_of_map_run (tenant_id, map_run_id, status, item_index)",
          "map_run_of_execution (tenant_id, execution_id)",
          "frame_pkey (tenant_id, execution_id)",
          "history_pkey (tenant_id, execution_id, first_event_id)",
          "inbox_pkey (tenant_id, execution_id)",
          "inbox_pkey (tenant_id, execution_id, source_id)",
          "inbox_by_age ()",
          "inbox_by_age (created_at)",
          "job_due (due_at)",
          "log_due_by_age ()",
          "log_due_by_age (tenant_id)",
          "log_due_pkey (tenant_id, execution_id, first_event_id)",
          "log_event_pkey (tenant_id, execution_id, event_id, event_id)",
          "log_outgoing_due ()",
          "log_outgoing_due (tenant_id, due_at)",
          "log_outgoing_pkey (tenant_id, execution_id, first_event_id)",
          "null ()", // what a statement has gathered itself
          "job_pkey (tenant_id, execution_id, frame_id, attempt)",
          "task_pkey (tenant_id, execution_id, frame_id, attempt)",
          "task_unclaimed (tenant_id, activity_id)",
          "timer_pkey (tenant_id, execution_id, timer_id)",
          "timer_in_order (due)",
          "timer_in_order (due, due)",
          "state_machine_revision_pkey (tenant_id, id)",
          "state_machine_pkey (tenant_id, id)",
          "tenant_pkey (id)",
          "tenant_pkey ()", // for whom a statement is that is for all of them
          "node_pkey (incarnation)",
          "activity_tenant_id_name_key (tenant_id, name)");

  /// Planned at each call; counts everything; looks through few rows every ten minutes; takes any
  /// row.
  private static final Set<String> EXEMPT =
      Set.of("ExecutionLoader.NAMED", "Timers.COUNT", "BatchRows.TRIM", "StatisticRows.ANY");

  private static final Pattern SCAN =
      Pattern.compile("Scan(?: Backward)?(?: using (\\w+))? on (\\w+)");
  private static final Pattern COLUMN =
      Pattern.compile("\\((?:ROW\\()?(\\w+)(?:, [^=]*?\\))? (?:=|<|>|<=|>=) ");

  private static Database database;

  record HotStatement(String name, String sql) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void emptyDatabase() {
    database = Fixture.newDatabase("plans");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<HotStatement> statements() {
    return Stream.of(
            BatchRows.class,
            CommitAftermath.class,
            ExecutionClaims.class,
            ExecutionLoader.class,
            HistoryReader.class,
            Inbox.class,
            JobRows.class,
            LogOutgoing.class,
            LogWriting.class,
            OpenTasks.class,
            StatisticRows.class,
            Timers.class)
        .flatMap(EnginePlansTest::statementsOf)
        .filter(statement -> !EXEMPT.contains(statement.name()));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void goesByTheRightIndexWhileTheTablesAreEmpty(HotStatement statement) throws SQLException {
    try (Connection connection = database.newEngineConnection()) {
      assertThat(RIGHT).containsAll(scans(plan(connection, statement.sql())));
    }
  }

  private static Stream<HotStatement> statementsOf(Class<?> repository) {
    return Stream.of(repository.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
        .map(
            field ->
                new HotStatement(repository.getSimpleName() + "." + field.getName(), text(field)));
  }

  private static String text(Field field) {
    try {
      field.setAccessible(true);
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> plan(Connection connection, String sql) throws SQLException {
    int parameters = 0;
    StringBuilder numbered = new StringBuilder();
    for (int i = 0; i < sql.length(); i++) {
      numbered.append(sql.charAt(i) == '?' ? "$" + ++parameters : sql.charAt(i));
    }
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare hot as " + numbered);
      String nulls = parameters == 0 ? "" : "(null" + ", null".repeat(parameters - 1) + ")";
      try (ResultSet rows = statement.executeQuery("explain (costs off) execute hot" + nulls)) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  /// Each scan of a table as its index and the columns that the index is asked for.
  private static List<String> scans(List<String> plan) {
    List<String> scans = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      Matcher scan = SCAN.matcher(plan.get(i));
      if (!scan.find()
          || Set.of("g", "c", "e", "t", "s", "s_1", "e_1", "r", "h").contains(scan.group(2))) {
        continue; // of rows that another part of the plan has found
      }
      String next = i + 1 < plan.size() ? plan.get(i + 1).strip() : "";
      List<String> columns = new ArrayList<>();
      if (next.startsWith("Index Cond:")) {
        Matcher column = COLUMN.matcher(next);
        while (column.find()) {
          columns.add(column.group(1));
        }
      }
      String index =
          String.valueOf(scan.group(1)).replaceFirst("^history_\\w+_pkey", "history_pkey");
      scans.add(index + " (" + String.join(", ", columns) + ")");
    }
    return scans;
  }
}
