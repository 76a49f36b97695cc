package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.store.jdbc.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Jobs of other services that tasks wait for: one row each, and no other between two looks at it.
public final class JobRows {
  private static final String PUT =
      """
      insert into job (tenant_id, execution_id, frame_id, attempt, due_at, execution_arn, resource, credentials, handle)
      values (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', ?, ?, ?, ?)
      on conflict (tenant_id, execution_id, frame_id, attempt) do update set handle = excluded.handle""";

  /// A job's task is looked up in a subquery that `offset 0` keeps apart: by its whole key,
  /// whatever the planner believes of the tables' sizes.
  private static final String TAKE =
      """
      with c as (
        select tenant_id, execution_id, frame_id, attempt from job where due_at <= now()
        order by due_at limit ? for update skip locked)
      update job j set looks = j.looks + 1, due_at = clock_timestamp() + ? * interval '1 millisecond'
      from c
      where j.tenant_id = c.tenant_id and j.execution_id = c.execution_id and j.frame_id = c.frame_id
        and j.attempt = c.attempt
      returning j.tenant_id, j.execution_id, j.frame_id, j.attempt, j.looks, j.execution_arn, j.resource,
        j.credentials, j.handle,
        exists (select 1 from task t where t.tenant_id = j.tenant_id and t.execution_id = j.execution_id
          and t.frame_id = j.frame_id and t.attempt = j.attempt offset 0)""";

  private static final String FIND =
      """
      select tenant_id, execution_id, frame_id, attempt, looks, execution_arn, resource, credentials, handle, true
      from job where tenant_id = ? and execution_id = ? and frame_id = ? and attempt = ?""";

  private static final String AGAIN =
      """
      update job set due_at = clock_timestamp() + ? * interval '1 millisecond'
      where tenant_id = ? and execution_id = ? and frame_id = ? and attempt = ?""";

  private static final String KEEP =
      """
      update job j set due_at = clock_timestamp() + ? * interval '1 millisecond'
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::bigint[]) g(tenant_id, execution_id, frame_id, attempt)
      where j.tenant_id = g.tenant_id and j.execution_id = g.execution_id and j.frame_id = g.frame_id
        and j.attempt = g.attempt""";

  private static final String DELETE =
      "delete from job where tenant_id = ? and execution_id = ? and frame_id = ? and attempt = ?";

  private final Sessions sessions;

  /// A job.
  ///
  /// @param resource the task's resource ARN
  /// @param credentials the task's evaluated `Credentials` as JSON; null for none
  /// @param handle what the service calls the job, as JSON
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Job(
      ExecutionKey execution,
      TaskId task,
      String executionArn,
      String resource,
      byte @Nullable [] credentials,
      byte[] handle) {}

  /// A job that is to be looked at.
  ///
  /// @param looks how often it was taken, with this time
  /// @param wanted whether its task still waits
  public record Due(Job job, int looks, boolean wanted) {}

  /// @param engine `Database.engine()`
  public JobRows(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Keeps a job; one of the same task that is there already stays, with this handle.
  public void put(Job job, Duration untilLook) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            int at = key(statement, 1, job.execution(), job.task());
            statement.setLong(at++, untilLook.toMillis());
            statement.setString(at++, job.executionArn());
            statement.setString(at++, job.resource());
            statement.setBytes(at++, job.credentials());
            statement.setBytes(at, job.handle());
            return statement.executeUpdate();
          }
        });
  }

  /// The job of a task.
  public Optional<Job> find(ExecutionKey execution, TaskId task) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            key(statement, 1, execution, task);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(read(rows).job()) : Optional.empty();
            }
          }
        });
  }

  /// Takes jobs that are due, the longest due first. Each is due again after `lease`, whoever takes
  /// it, unless [#keep], [#again] or [#delete] says otherwise.
  public List<Due> take(int limit, Duration lease) {
    return sessions.call(
        connection -> {
          List<Due> due = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, limit);
            statement.setLong(2, lease.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                due.add(read(rows));
              }
            }
          }
          return due;
        });
  }

  /// Those who took these jobs are at it still: others leave them alone for another `lease`.
  public void keep(Collection<Job> jobs, Duration lease) {
    List<Job> inOrder = jobs.stream().sorted(Comparator.comparing(Job::execution)).toList();
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setLong(1, lease.toMillis());
            statement.setArray(
                2,
                connection.createArrayOf(
                    "uuid", inOrder.stream().map(j -> j.execution().tenant().value()).toArray()));
            statement.setArray(
                3,
                connection.createArrayOf(
                    "uuid", inOrder.stream().map(j -> j.execution().id()).toArray()));
            statement.setArray(
                4,
                connection.createArrayOf(
                    "text", inOrder.stream().map(j -> j.task().frame().value()).toArray()));
            statement.setArray(
                5,
                connection.createArrayOf(
                    "int8", inOrder.stream().map(j -> (Object) j.task().attempt()).toArray()));
            return statement.executeUpdate();
          }
        });
  }

  /// The job is to be looked at again after this time.
  public void again(Job job, Duration untilLook) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            statement.setLong(1, untilLook.toMillis());
            key(statement, 2, job.execution(), job.task());
            return statement.executeUpdate();
          }
        });
  }

  /// Nothing is left to do about the job.
  public void delete(ExecutionKey execution, TaskId task) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            key(statement, 1, execution, task);
            return statement.executeUpdate();
          }
        });
  }

  private static Due read(ResultSet rows) throws SQLException {
    return new Due(
        new Job(
            KeyArrays.read(rows),
            new TaskId(new FrameId(rows.getString(3)), rows.getLong(4)),
            rows.getString(6),
            rows.getString(7),
            rows.getBytes(8),
            rows.getBytes(9)),
        rows.getInt(5),
        rows.getBoolean(10));
  }

  private static int key(
      PreparedStatement statement, int index, ExecutionKey execution, TaskId task)
      throws SQLException {
    int at = KeyArrays.bind(statement, index, execution);
    statement.setString(at, task.frame().value());
    statement.setLong(at + 1, task.attempt());
    return at + 2;
  }
}
