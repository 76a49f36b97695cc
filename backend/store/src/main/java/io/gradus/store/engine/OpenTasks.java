package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tasks that others complete: callbacks, activities, children. Locked after their execution,
/// everywhere.
public final class OpenTasks {
  private static final String BUMP =
      "update execution set version = version + 1 where tenant_id = ? and id = ? returning owner";

  private static final String CLOSE =
      "delete from task where tenant_id = ? and execution_id = ? and frame_id = ? and attempt = ?";

  private static final String HEARTBEAT =
      """
      with t as (
        update task set heartbeat_at = clock_timestamp()
        where tenant_id = ? and execution_id = ? and frame_id = ? and attempt = ?
        returning tenant_id, execution_id)
      select e.owner from t join execution e on e.tenant_id = t.tenant_id and e.id = t.execution_id""";

  private static final String CLAIM =
      """
      with c as (
        select tenant_id, execution_id, frame_id, attempt from task
        where tenant_id = ? and activity_id = ? and claimed_at is null
        order by opened_at limit 1 for update skip locked)
      update task t set claimed_at = clock_timestamp(), worker = ?
      from c join execution e on e.tenant_id = c.tenant_id and e.id = c.execution_id
      where t.tenant_id = c.tenant_id and t.execution_id = c.execution_id and t.frame_id = c.frame_id
        and t.attempt = c.attempt
      returning t.tenant_id, t.execution_id, t.frame_id, t.attempt, t.input, t.opened_at, e.owner""";

  private static final String READ =
      """
      select kind, activity_id, opened_at, heartbeat_seconds, heartbeat_at, worker, claimed_at
      from task where tenant_id = ? and execution_id = ? and frame_id = ? and attempt = ?""";

  private static final String ACTIVITY = "select id from activity where tenant_id = ? and name = ?";

  private final Sessions sessions;

  /// A task that a worker has just been given.
  ///
  /// @param input as it was stored when the task was opened; null where none was
  /// @param owner the incarnation that has its execution; 0 for none
  public record Claimed(
      ExecutionKey execution, TaskId task, byte @Nullable [] input, Instant openedAt, int owner) {}

  /// A task's row.
  ///
  /// @param kind the code of its `Effect.TaskKind`
  public record OpenTask(
      int kind,
      @Nullable UUID activityId,
      Instant openedAt,
      @Nullable Integer heartbeatSeconds,
      @Nullable Instant heartbeatAt,
      @Nullable String worker,
      @Nullable Instant claimedAt) {}

  /// @param engine `Database.engine()`
  public OpenTasks(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Closes a task and leaves its result in the execution's inbox, as one unit. The execution's
  /// version rises, so that a timeout or a stop decided meanwhile loses and reads the inbox first.
  ///
  /// @param message its source is unique at the execution
  /// @return the incarnation that has the execution (0: none), empty if the task is not open
  public OptionalInt complete(
      ExecutionKey execution, TaskId task, StoredExecution.Message message) {
    try {
      return sessions.transaction(
          connection -> {
            OptionalInt owner = bump(connection, execution);
            if (owner.isEmpty() || !close(connection, execution, task)) {
              throw new NotOpen();
            }
            Inbox.insert(connection, execution, message);
            return owner;
          });
    } catch (NotOpen _) {
      return OptionalInt.empty();
    }
  }

  /// Notes that a task's worker is alive.
  ///
  /// @return the incarnation that has the execution (0: none), empty if the task is not open
  public OptionalInt heartbeat(ExecutionKey execution, TaskId task) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(HEARTBEAT)) {
            bind(statement, execution, task);
            return owner(statement);
          }
        });
  }

  /// Gives the oldest task of an activity that no worker has to this one.
  ///
  /// @param worker as it names itself, null for nothing
  /// @param started what to tell the execution in the same transaction
  public Optional<Claimed> claim(
      TenantId tenant,
      UUID activityId,
      @Nullable String worker,
      Function<Claimed, StoredExecution.Message> started) {
    return sessions.transaction(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setObject(1, tenant.value());
            statement.setObject(2, activityId);
            statement.setString(3, worker);
            Claimed claimed;
            try (ResultSet rows = statement.executeQuery()) {
              if (!rows.next()) {
                return Optional.empty();
              }
              claimed = claimed(rows);
            }
            Inbox.insert(connection, claimed.execution(), started.apply(claimed));
            return Optional.of(claimed);
          }
        });
  }

  /// The task's row, empty if it is not open.
  public Optional<OpenTask> find(ExecutionKey execution, TaskId task) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ)) {
            bind(statement, execution, task);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(open(rows)) : Optional.empty();
            }
          }
        });
  }

  /// The id of an activity, empty if there is none of that name.
  public Optional<UUID> activityId(TenantId tenant, String name) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ACTIVITY)) {
            statement.setObject(1, tenant.value());
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(KeyArrays.uuid(rows, 1)) : Optional.empty();
            }
          }
        });
  }

  private static final class NotOpen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOpen() {
      super("not open", null, false, false);
    }
  }

  private static OptionalInt bump(Connection connection, ExecutionKey execution)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BUMP)) {
      KeyArrays.bind(statement, 1, execution);
      return owner(statement);
    }
  }

  private static boolean close(Connection connection, ExecutionKey execution, TaskId task)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
      bind(statement, execution, task);
      return statement.executeUpdate() == 1;
    }
  }

  private static void bind(PreparedStatement statement, ExecutionKey execution, TaskId task)
      throws SQLException {
    int index = KeyArrays.bind(statement, 1, execution);
    statement.setString(index, task.frame().value());
    statement.setLong(index + 1, task.attempt());
  }

  private static OptionalInt owner(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
    }
  }

  private static Claimed claimed(ResultSet rows) throws SQLException {
    return new Claimed(
        KeyArrays.read(rows),
        new TaskId(new FrameId(rows.getString(3)), rows.getLong(4)),
        rows.getBytes(5),
        KeyArrays.instant(rows, 6),
        rows.getInt(7));
  }

  private static OpenTask open(ResultSet rows) throws SQLException {
    return new OpenTask(
        rows.getInt(1),
        rows.getObject(2, UUID.class),
        KeyArrays.instant(rows, 3),
        rows.getObject(4, Integer.class),
        KeyArrays.instantOrNull(rows, 5),
        rows.getString(6),
        KeyArrays.instantOrNull(rows, 7));
  }
}
