package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Messages to executions, kept until the transition that takes them in.
public final class Inbox {
  private static final String INSERT =
      """
      insert into inbox (tenant_id, execution_id, source_id, kind, payload) values (?, ?, ?, ?, ?)
      on conflict do nothing""";

  private static final String POST =
      """
      with e as (
        select tenant_id, id, owner from execution
        where tenant_id = ? and id = ? and status in (0, 5)),
      i as (
        insert into inbox (tenant_id, execution_id, source_id, kind, payload)
        select e.tenant_id, e.id, ?, ?, ? from e
        on conflict do nothing)
      select owner from e""";

  /// From the messages to their executions, whatever the planner believes of the tables' sizes:
  /// hence the subquery, which `offset 0` keeps apart.
  private static final String WAITING =
      """
      select i.tenant_id, i.execution_id, i.source_id, i.kind, i.payload, e.owner, i.created_at
      from inbox i cross join lateral (
        select owner, status from execution
        where tenant_id = i.tenant_id and id = i.execution_id offset 0) e
      where (i.created_at, i.tenant_id, i.execution_id, i.source_id) > (?, ?, ?, ?)
        and e.owner in (0, ?) and e.status in (0, 5)
      order by i.created_at, i.tenant_id, i.execution_id, i.source_id limit ?""";

  private static final String DELETE_ENDED =
      """
      with c as (
        select i.tenant_id, i.execution_id, i.source_id
        from inbox i left join lateral (
          select status from execution
          where tenant_id = i.tenant_id and id = i.execution_id offset 0) e on true
        where e.status is null or e.status not in (0, 5)
        order by i.created_at limit ?)
      delete from inbox i using c
      where i.tenant_id = c.tenant_id and i.execution_id = c.execution_id and i.source_id = c.source_id""";

  private final Sessions sessions;

  /// A message that waits.
  ///
  /// @param owner the incarnation that has its execution; 0 for none
  /// @param postedAt in database time
  public record Waiting(
      ExecutionKey execution, StoredExecution.Message message, int owner, Instant postedAt) {}

  /// @param engine `Database.engine()`
  public Inbox(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Leaves a message for an execution; one with the same source is there once.
  ///
  /// @return the incarnation that has the execution (0: none), empty if it is over or unknown
  public OptionalInt post(ExecutionKey execution, StoredExecution.Message message) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(POST)) {
            bind(statement, KeyArrays.bind(statement, 1, execution), message);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
          }
        });
  }

  /// Messages for executions of this incarnation and for those that nobody has, oldest first.
  ///
  /// @param after the last of the page before; null for the oldest
  public List<Waiting> waiting(int me, @Nullable Waiting after, int limit) {
    return sessions.call(
        connection -> {
          List<Waiting> waiting = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            Instant from = after == null ? Instant.EPOCH : after.postedAt();
            statement.setObject(1, from.atOffset(ZoneOffset.UTC));
            int index =
                KeyArrays.bind(statement, 2, after == null ? KeyArrays.FIRST : after.execution());
            statement.setString(index, after == null ? "" : after.message().sourceId());
            statement.setInt(index + 1, me);
            statement.setInt(index + 2, limit);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                waiting.add(
                    new Waiting(
                        KeyArrays.read(rows),
                        new StoredExecution.Message(
                            rows.getString(3), rows.getInt(4), rows.getBytes(5)),
                        rows.getInt(6),
                        KeyArrays.instant(rows, 7)));
              }
            }
          }
          return waiting;
        });
  }

  /// Deletes messages that came too late: their execution is over.
  ///
  /// @return how many; as many as `limit` when there may be more
  public int deleteEnded(int limit) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DELETE_ENDED)) {
            statement.setInt(1, limit);
            return statement.executeUpdate();
          }
        });
  }

  static void insert(Connection connection, ExecutionKey to, StoredExecution.Message message)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      bind(statement, KeyArrays.bind(statement, 1, to), message);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, int index, StoredExecution.Message message)
      throws SQLException {
    statement.setString(index, message.sourceId());
    statement.setShort(index + 1, (short) message.kind());
    statement.setBytes(index + 2, message.payload());
  }
}
