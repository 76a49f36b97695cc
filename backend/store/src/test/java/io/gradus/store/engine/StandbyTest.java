package io.gradus.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.TenantId;
import io.gradus.store.Fixture;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.TestDatabase;
import io.gradus.store.commit.GroupCommitter;
import io.gradus.store.commit.NewExecution;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// A commit whose wait for a synchronous standby was cut off stands here, and may stand nowhere
/// else. Whoever is told of it must be told only when the standby has it too.
class StandbyTest {
  private final TenantId tenant = Fixture.tenant();
  private final Machine machine = Fixture.machine(tenant, "orders");
  private final DataSource engine = engine();
  private final NewExecution start = Fixture.start(machine, "one", 1);

  @BeforeEach
  void leaveACommitThatNoStandbyHas() throws Exception {
    demand("nobody");
    Connection connection = engine.getConnection();
    int backend = backend(connection);
    CompletableFuture<Void> cut =
        CompletableFuture.runAsync(
            () -> {
              try (GroupCommitter committer = new GroupCommitter(connection)) {
                committer.commit(List.of(start), List.of());
              } catch (SQLException _) {
                // Its connection is lost: what became of it is unknown.
              }
            });
    until(() -> waiting() == 1);
    owner("select pg_terminate_backend(" + backend + ", 10000)");
    cut.get(10, TimeUnit.SECONDS);
    assertThat(waiting()).isZero();
  }

  @AfterEach
  void demandNothing() throws Exception {
    demand("");
  }

  @Test
  void whatBecameOfACommitIsToldWhenAStandbyHasIt() throws Exception {
    assertThat(
            toldWhenReplicated(
                () -> new CommitAftermath(engine).committed(List.of(start), List.of())))
        .containsExactly(start.first().key());
  }

  @Test
  void whoHasANameIsToldWhenAStandbyHasIt() throws Exception {
    assertThat(
            toldWhenReplicated(
                () -> new ExecutionLoader(engine).named(tenant, machine.id(), "one", null)))
        .isPresent();
  }

  private static <T> T toldWhenReplicated(Supplier<T> asked) throws Exception {
    CompletableFuture<T> told = CompletableFuture.supplyAsync(asked);
    until(() -> told.isDone() || waiting() == 1);
    assertThat(told).isNotDone();
    demand("");
    return told.get(10, TimeUnit.SECONDS);
  }

  /// Connections as the engine's, and each commit waits for the standbys that are demanded.
  private static DataSource engine() {
    PGSimpleDataSource source = TestDatabase.as("gradus_engine");
    source.setOptions("-c synchronous_commit=on");
    source.setSocketTimeout(30);
    return source;
  }

  private static void demand(String standbys) throws Exception {
    owner("alter system set synchronous_standby_names = '" + standbys + "'");
    owner("select pg_reload_conf()");
    until(() -> standbys.equals(text("select current_setting('synchronous_standby_names')")));
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("the condition came").isLessThan(latest);
      LockSupport.parkNanos(5_000_000L);
    }
  }

  private static long waiting() throws SQLException {
    return TestDatabase.count("select count(*) from pg_stat_activity where wait_event = 'SyncRep'");
  }

  private static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static String text(String sql) throws SQLException {
    try (Connection connection = TestDatabase.owner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return Objects.requireNonNull(rows.getString(1));
    }
  }

  private static void owner(String sql) throws SQLException {
    try (Connection connection = TestDatabase.owner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
