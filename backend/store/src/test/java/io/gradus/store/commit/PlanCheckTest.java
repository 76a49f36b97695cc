package io.gradus.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCheckTest {
  private static final int ANY_SIZE = 0;

  @Test
  void findsTheStatementsThatDoNotGoByTheKey() throws SQLException {
    try (Connection connection = TestDatabase.engine()) {
      forbidIndexes(connection);

      assertThat(PlanCheck.faults(connection, ANY_SIZE))
          .anySatisfy(fault -> assertThat(fault).startsWith("MOVE: Seq Scan on execution"))
          .anySatisfy(fault -> assertThat(fault).startsWith("TASKS_CLOSED"));
    }
  }

  @Test
  void findsNothingOnceTablesHaveGrown() throws SQLException {
    try (Connection connection = TestDatabase.engine()) {
      grow(connection);

      assertThat(PlanCheck.faults(connection)).isEmpty();
    }
  }

  /// A vacuum that met a queue when it was drained finds no rows, and pages that it can't give
  /// back: from then on the planner takes the table for empty, however full it is again.
  @ParameterizedTest
  @ValueSource(strings = {"frame", "task", "timer", "inbox"})
  void goesByTheKeyWhereATableIsTakenForEmpty(String table) throws SQLException {
    try (Connection connection = TestDatabase.engine();
        Connection owner = TestDatabase.owner();
        Statement statement = owner.createStatement()) {
      grow(connection);
      believe(statement, table, "0", "pg_relation_size(oid) / 8192");
      try {
        assertThat(PlanCheck.faults(connection, ANY_SIZE)).isEmpty();
      } finally {
        believe(statement, table, "-1", "0"); // as if nobody had looked yet
      }
    }
  }

  /// Writes down what a vacuum would have found.
  private static void believe(Statement owner, String table, String rows, String pages)
      throws SQLException {
    owner.execute(
        "update pg_class set reltuples = %s, relpages = %s where relname = '%s'"
            .formatted(rows, pages, table));
  }

  /// The planner's choice where a table lost most of its rows: it costs a detour, not a scan.
  @Test
  void takesABitmapOfTheWholeKeyForTheKey() {
    List<String> scan =
        List.of(
            "->  Bitmap Heap Scan on frame",
            "      Recheck Cond: ((g.tenant_id = tenant_id) AND (g.id = execution_id))",
            "      ->  Bitmap Index Scan on frame_pkey");
    String half = "            Index Cond: ((tenant_id = g.tenant_id) AND (execution_id = g.id))";
    String whole = half.replace("))", ") AND (frame_id = (g.frame_id)::text))");

    assertThat(PlanCheck.fault(with(scan, whole), Set.of("frame"))).isEmpty();
    assertThat(PlanCheck.fault(with(scan, half), Set.of("frame"))).isPresent();
  }

  private static List<String> with(List<String> lines, String last) {
    return Stream.concat(lines.stream(), Stream.of(last)).toList();
  }

  @Test
  void sendsARowAtATimeUntilThePlansAreGoodAgain() throws SQLException {
    try (Connection connection = TestDatabase.engine()) {
      grow(connection);
      PlanWatch watch = new PlanWatch(connection);
      forbidIndexes(connection);
      assertThat(watch.form(64)).isEqualTo(PlanWatch.Form.SINGLE);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set enable_indexscan = on; set enable_seqscan = off");
      }

      assertThat(watch.form(64)).isEqualTo(PlanWatch.Form.GROUPED);
    }
  }

  @Test
  void wantsEveryColumnOfTheKeyInTheIndexCondition() {
    List<String> byTenantAlone =
        List.of(
            "->  Index Scan using execution_open on execution e",
            "      Index Cond: (tenant_id = g.tenant_id)",
            "      Filter: (id = g.id)");

    assertThat(PlanCheck.fault(byTenantAlone, Set.of("execution"))).isPresent();
    assertThat(PlanCheck.fault(byTenantAlone, Set.of("timer"))).isEmpty();
    assertThat(
            PlanCheck.fault(
                List.of(
                    "->  Index Scan using execution_by_start on execution e",
                    "      Index Cond: ((tenant_id = g.tenant_id) AND (id = g.id))"),
                Set.of("execution")))
        .as("an index that has the columns, but other columns between them")
        .isPresent();
    assertThat(
            PlanCheck.fault(
                List.of(
                    "->  Index Scan using execution_pkey on execution e",
                    "      Index Cond: ((tenant_id = g.tenant_id) AND (id = g.id))"),
                Set.of("execution")))
        .isEmpty();
  }

  @Test
  void leavesTheKeyTheIndexOfChoiceWhileATableIsSmall() throws SQLException {
    // Asked in a transaction that is rolled back, so that the small tables are this test's alone.
    try (Connection owner = TestDatabase.owner();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("truncate execution, timer; analyze execution, timer");
      statement.execute(
          "set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan");
      assertThat(plan(statement, "execution where tenant_id = $1 and id = $2", "uuid, uuid"))
          .contains("execution_pkey");
      assertThat(
              plan(
                  statement,
                  "timer where tenant_id = $1 and execution_id = $2 and timer_id = $3",
                  "uuid, uuid, text"))
          .contains("timer_pkey");
      owner.rollback();
    }
  }

  private static String plan(Statement statement, String from, String types) throws SQLException {
    statement.execute("prepare asked(" + types + ") as select * from " + from);
    String nulls = types.replaceAll("\\w+", "null");
    try (ResultSet rows = statement.executeQuery("explain execute asked(" + nulls + ")")) {
      StringBuilder plan = new StringBuilder();
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
      return plan.toString();
    } finally {
      statement.execute("deallocate asked");
    }
  }

  private static void forbidIndexes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set enable_indexscan = off; set enable_bitmapscan = off; set enable_seqscan = on");
    }
  }

  private static void grow(Connection connection) throws SQLException {
    TenantId tenant = TestDatabase.tenant();
    UUID machine = Moves.id();
    // Closing it would close the connection.
    @SuppressWarnings("resource")
    GroupCommitter committer = new GroupCommitter(connection);
    for (int group = 0; group < 3; group++) {
      List<NewExecution> starts = new ArrayList<>();
      for (int i = 0; i < GroupCommitter.MAX_TRANSITIONS; i++) {
        starts.add(
            Moves.start(
                tenant,
                machine,
                "n" + group + "-" + i,
                GroupCommitterTest.everything(new ExecutionKey(tenant, Moves.id()))));
      }
      committer.commit(starts, List.of());
    }
  }
}
