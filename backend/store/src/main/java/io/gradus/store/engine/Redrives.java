package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opens executions again that are over. They are nobody's then: timers that are due wake them.
public final class Redrives {
  private static final String LAST =
      """
      select redriven_at, redrive_token from execution
      where tenant_id = ? and id = ? and redriven_at is not null""";

  private static final String REOPEN =
      """
      update execution
      set version = version + 1, owner = 0, moved_by = 0, status = 0, stopped_at = null, error = null,
          last_event_id = ?, state = ?, redrive_count = ?, redriven_at = ?, redrive_token = ?
      where tenant_id = ? and id = ? and version = ? and status in (2, 3, 4)""";

  private static final String HISTORY =
      """
      insert into history (tenant_id, execution_id, first_event_id, moved_by, events)
      values (?, ?, ?, 0, ?)""";

  private static final String LOGGED =
      """
      insert into log_due (tenant_id, execution_id, first_event_id, redrive_count)
      values (?, ?, ?, ?)""";

  private static final String FRAME =
      """
      insert into frame (tenant_id, execution_id, frame_id, state) values (?, ?, ?, ?)
      on conflict (tenant_id, execution_id, frame_id) do update set state = excluded.state""";

  private static final String TIMER =
      """
      insert into timer (tenant_id, execution_id, timer_id, due) values (?, ?, ?, ?)
      on conflict (tenant_id, execution_id, timer_id) do update
        set due = excluded.due, claimed_by = null, claimed_until = null""";

  /// What children of its Map Runs said when they were stopped with it: that is counted.
  private static final String INBOX = "delete from inbox where tenant_id = ? and execution_id = ?";

  private final Sessions sessions;

  /// The last redrive of an execution.
  public record Last(Instant at, @Nullable String token) {}

  /// A timer that wakes the execution.
  public record Timer(String id, Instant due) {}

  /// What an execution is from now on.
  ///
  /// @param version the one that it was read with
  /// @param frames those that are rows of their own
  /// @param timers at least one, and due: only a row wakes it
  public record Reopened(
      long version,
      long lastEventId,
      byte[] state,
      int count,
      Instant at,
      @Nullable String token,
      HistoryRun run,
      List<SideRows.FrameRow> frames,
      List<Timer> timers) {
    public Reopened {
      frames = List.copyOf(frames);
      timers = List.copyOf(timers);
    }
  }

  /// @param engine `Database.engine()`
  public Redrives(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// The last redrive; empty where there was none.
  public Optional<Last> last(ExecutionKey key) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LAST)) {
            KeyArrays.bind(statement, 1, key);
            Optional<Last> found;
            try (ResultSet rows = statement.executeQuery()) {
              found =
                  rows.next()
                      ? Optional.of(new Last(KeyArrays.instant(rows, 1), rows.getString(2)))
                      : Optional.empty();
            }
            Standbys.awaitAll(connection);
            return found;
          }
        });
  }

  /// Opens it again; false where it is not as it was read any more.
  public boolean reopen(ExecutionKey key, Reopened reopened) {
    return sessions.transaction(
        connection -> {
          if (!update(connection, key, reopened)) {
            return false;
          }
          try (PreparedStatement statement = connection.prepareStatement(INBOX)) {
            KeyArrays.bind(statement, 1, key);
            statement.executeUpdate();
          }
          try (PreparedStatement statement = connection.prepareStatement(HISTORY)) {
            int index = KeyArrays.bind(statement, 1, key);
            statement.setLong(index, reopened.run().firstEventId());
            statement.setBytes(index + 1, reopened.run().events());
            statement.executeUpdate();
          }
          HistoryRun.Logged logged = reopened.run().logged();
          if (logged != null) {
            try (PreparedStatement statement = connection.prepareStatement(LOGGED)) {
              int index = KeyArrays.bind(statement, 1, key);
              statement.setLong(index, reopened.run().firstEventId());
              statement.setInt(index + 1, logged.redriveCount());
              statement.executeUpdate();
            }
          }
          try (PreparedStatement statement = connection.prepareStatement(FRAME)) {
            for (SideRows.FrameRow frame : reopened.frames()) {
              int index = KeyArrays.bind(statement, 1, key);
              statement.setString(index, frame.frameId());
              statement.setBytes(index + 1, frame.state());
              statement.addBatch();
            }
            statement.executeBatch();
          }
          try (PreparedStatement statement = connection.prepareStatement(TIMER)) {
            for (Timer timer : reopened.timers()) {
              int index = KeyArrays.bind(statement, 1, key);
              statement.setString(index, timer.id());
              statement.setObject(index + 1, utc(timer.due()));
              statement.addBatch();
            }
            statement.executeBatch();
          }
          return true;
        });
  }

  private static boolean update(Connection connection, ExecutionKey key, Reopened reopened)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REOPEN)) {
      statement.setLong(1, reopened.lastEventId());
      statement.setBytes(2, reopened.state());
      statement.setInt(3, reopened.count());
      statement.setObject(4, utc(reopened.at()));
      statement.setString(5, reopened.token());
      int index = KeyArrays.bind(statement, 6, key);
      statement.setLong(index, reopened.version());
      return statement.executeUpdate() == 1;
    }
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
