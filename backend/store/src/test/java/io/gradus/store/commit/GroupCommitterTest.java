package io.gradus.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.TestDatabase;
import io.gradus.store.commit.PlanWatch.Form;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupCommitterTest {
  private final UUID machine = Moves.id();
  private TenantId tenant;

  @BeforeEach
  void bringTenant() throws SQLException {
    tenant = TestDatabase.tenant();
  }

  @ParameterizedTest
  @EnumSource
  void storesAStartWithItsHistoryAndMovesItOn(Form form) throws SQLException {
    try (Committing committer = new Committing(form)) {
      NewExecution start = Moves.start(tenant, machine, "one");
      ExecutionKey key = start.first().key();

      CommitOutcome begun = committer.commit(List.of(start), List.of());
      CommitOutcome moved = committer.commit(List.of(), List.of(Moves.move(key, 1, 6)));

      assertThat(begun.started()).containsExactly(key);
      assertThat(moved.moved()).containsExactly(key);
      assertThat(moved.at()).isAfter(begun.at());
      assertThat(versionOf(key)).isEqualTo(2);
      assertThat(rows("history", key)).isEqualTo(2);
      assertThat(
              TestDatabase.count(
                  "select count(*) from execution where id = ? and started_at = '2026-01-01"
                      + " 00:00:00.123456Z' and stopped_at is null and last_event_id = 10",
                  key.id()))
          .isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropsAloneWhatAnotherMovedFirst(Form form) throws SQLException {
    try (Committing committer = new Committing(form)) {
      ExecutionKey wins = started(committer, "wins");
      ExecutionKey loses = started(committer, "loses");

      CommitOutcome outcome =
          committer.commit(
              List.of(),
              List.of(
                  Moves.move(loses, 7, 6, everything(loses)),
                  Moves.move(wins, 1, 6, everything(wins))));

      assertThat(outcome.moved()).containsExactly(wins);
      assertThat(versionOf(loses)).isOne();
      for (String table : List.of("frame", "task", "timer", "inbox")) {
        assertThat(rows(table, wins)).as(table).isOne();
        assertThat(rows(table, loses)).as(table).isZero();
      }
      assertThat(rows("history", loses)).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void startsANameOnceAndLeavesNoTraceOfTheSecond(Form form) throws SQLException {
    try (Committing committer = new Committing(form)) {
      NewExecution first = Moves.start(tenant, machine, "same");
      NewExecution second = Moves.start(tenant, machine, "same", everything(first.first().key()));

      committer.commit(List.of(first), List.of());
      CommitOutcome outcome = committer.commit(List.of(second), List.of());

      assertThat(outcome.started()).isEmpty();
      assertThat(rows("history", second.first().key())).isZero();
      assertThat(rows("timer", second.first().key())).isZero();
      assertThat(rows("inbox", first.first().key())).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAwayWhatATransitionEnds(Form form) throws SQLException {
    try (Committing committer = new Committing(form)) {
      ExecutionKey key = started(committer, "ends");
      committer.commit(List.of(), List.of(Moves.move(key, 1, 6, everything(key))));
      SideRows ended =
          new SideRows(
              List.of(),
              List.of("r/1!2"),
              List.of(),
              List.of(new TaskId(FrameId.ROOT, 3)),
              List.of(),
              List.of("wait 9"),
              List.of(),
              List.of("child 1"));

      committer.commit(List.of(), List.of(Moves.move(key, 2, 11, ended)));

      for (String table : List.of("frame", "task", "timer", "inbox")) {
        assertThat(rows(table, key)).as(table).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingWhereOneRowIsRefused(Form form) throws SQLException {
    try (Committing committer = new Committing(form)) {
      ExecutionKey key = started(committer, "refused");
      // Often enough for every statement to be prepared and described: the driver must not end the
      // transaction between them.
      for (int i = 0; i < 4; i++) {
        NewExecution start = Moves.start(tenant, machine, "with it " + i);
        Transition move = Moves.move(key, 1, 6, refused(key));

        assertThatThrownBy(() -> committer.commit(List.of(start), List.of(move)))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("payload");

        assertThat(rows("history", start.first().key())).isZero();
        assertThat(versionOf(key)).isOne();
        assertThat(rows("timer", key)).isZero();
      }
      assertThat(committer.commit(List.of(), List.of(Moves.move(key, 1, 6))).moved())
          .containsExactly(key);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsAgainWithoutDoingTwice(Form form) throws SQLException {
    try (Committing committer = new Committing(form)) {
      NewExecution start = Moves.start(tenant, machine, "again", SideRows.NONE);
      ExecutionKey key = start.first().key();
      committer.commit(List.of(start), List.of());
      Transition move = Moves.move(key, 1, 6, everything(key));
      committer.commit(List.of(), List.of(move));
      completeTaskFromElsewhere(key);

      CommitOutcome again = committer.commit(List.of(start), List.of(move));

      assertThat(again.started()).isEmpty();
      assertThat(again.moved()).isEmpty();
      assertThat(rows("history", key)).isEqualTo(2);
      assertThat(rows("task", key)).as("a completed task must not be open again").isZero();
    }
  }

  @Test
  void carriesAThousandInOneGroup() throws SQLException {
    try (Committing committer = new Committing(Form.GROUPED)) {
      List<NewExecution> starts = new ArrayList<>();
      for (int i = 0; i < GroupCommitter.MAX_TRANSITIONS; i++) {
        starts.add(Moves.start(tenant, machine, "n" + i));
      }
      assertThat(committer.commit(starts, List.of()).started()).hasSize(1_000);
      List<Transition> moves =
          starts.stream()
              .map(s -> Moves.move(s.first().key(), 1, 6, everything(s.first().key())))
              .toList();

      assertThat(committer.commit(List.of(), moves).moved()).hasSize(1_000);

      assertThat(
              TestDatabase.count(
                  "select count(*) from history where tenant_id = ?", tenant.value()))
          .isEqualTo(2_000);
      assertThat(
              TestDatabase.count("select count(*) from timer where tenant_id = ?", tenant.value()))
          .isEqualTo(1_000);
      starts.add(Moves.start(tenant, machine, "one too many"));
      assertThatThrownBy(() -> committer.commit(starts, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesItOpenWhetherALostConnectionCommitted() throws Exception {
    NewExecution start = Moves.start(tenant, machine, "cut");
    ExecutionKey key = start.first().key();
    try (Committing committer = new Committing(Form.GROUPED)) {
      committer.commit(List.of(start), List.of());
    }
    Transition move = Moves.move(key, 1, 6);
    Connection cut = TestDatabase.engine();
    try (Connection blocker = TestDatabase.owner();
        Statement lock = blocker.createStatement()) {
      int pid = cut.unwrap(org.postgresql.PGConnection.class).getBackendPID();
      blocker.setAutoCommit(false);
      lock.execute("select from execution where id = '" + key.id() + "' for update");
      Thread killer = Thread.ofVirtual().start(() -> terminateWhenWaiting(pid));
      assertThatThrownBy(() -> new GroupCommitter(cut).commit(List.of(), List.of(move)))
          .isInstanceOf(SQLException.class);
      killer.join();
      blocker.rollback();
    }

    try (Committing committer = new Committing(Form.GROUPED)) {
      assertThat(committer.commit(List.of(), List.of(move)).moved())
          .as("the server had undone it")
          .containsExactly(key);
      assertThat(committer.commit(List.of(), List.of(move)).moved())
          .as("now it is done, and found by its mark alone")
          .isEmpty();
      assertThat(TestDatabase.count("select moved_by from execution where id = ?", key.id()))
          .isEqualTo(move.movedBy());
      assertThat(rows("history", key)).isEqualTo(2);
    }
  }

  /// A side row of every kind; the message goes to the execution itself.
  static SideRows everything(ExecutionKey key) {
    return new SideRows(
        List.of(new SideRows.FrameRow("r/1!2", Moves.bytes("frame"))),
        List.of(),
        List.of(new SideRows.TaskRow(new TaskId(FrameId.ROOT, 3), 0, null, null, 60)),
        List.of(),
        List.of(new SideRows.TimerRow("wait 9", Instant.parse("2026-05-05T05:05:05Z"))),
        List.of(),
        List.of(new SideRows.InboxRow(key, "child 1", 1, Moves.bytes("ended"))),
        List.of());
  }

  @SuppressWarnings("NullAway") // the refusal is what is tried
  private static SideRows refused(ExecutionKey key) {
    return new SideRows(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new SideRows.TimerRow("wait 9", Instant.EPOCH)),
        List.of(),
        List.of(new SideRows.InboxRow(key, "child 1", 1, null)),
        List.of());
  }

  private ExecutionKey started(Committing committer, String name) throws SQLException {
    NewExecution start = Moves.start(tenant, machine, name);
    committer.commit(List.of(start), List.of());
    return start.first().key();
  }

  /// A committer that keeps to one form.
  private record Committing(GroupCommitter committer, Form form) implements AutoCloseable {
    Committing(Form form) throws SQLException {
      this(new GroupCommitter(TestDatabase.engine()), form);
    }

    CommitOutcome commit(List<NewExecution> starts, List<Transition> moves) throws SQLException {
      return committer.commit(starts, moves, form);
    }

    @Override
    public void close() throws SQLException {
      committer.close();
    }
  }

  private static void completeTaskFromElsewhere(ExecutionKey key) throws SQLException {
    try (Connection connection = TestDatabase.owner();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update execution set version = version + 1 where id = '%s'; delete from task where execution_id = '%s'"
              .formatted(key.id(), key.id()));
    }
  }

  private static void terminateWhenWaiting(int pid) {
    try (Connection connection = TestDatabase.owner();
        Statement statement = connection.createStatement()) {
      long end = System.nanoTime() + 20_000_000_000L;
      while (System.nanoTime() < end
          && TestDatabase.count(
                  "select count(*) from pg_stat_activity where pid = ? and wait_event_type = 'Lock'",
                  pid)
              == 0) {
        Thread.onSpinWait();
      }
      statement.execute("select pg_terminate_backend(" + pid + ")");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long versionOf(ExecutionKey key) throws SQLException {
    return TestDatabase.count("select version from execution where id = ?", key.id());
  }

  private static long rows(String table, ExecutionKey key) throws SQLException {
    return TestDatabase.count(
        "select count(*) from " + table + " where execution_id = ?", key.id());
  }
}
