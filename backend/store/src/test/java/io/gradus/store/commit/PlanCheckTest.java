package io.gradus.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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
                    "->  Index Scan using execution_pkey on execution e",
                    "      Index Cond: ((tenant_id = g.tenant_id) AND (id = g.id))"),
                Set.of("execution")))
        .isEmpty();
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
