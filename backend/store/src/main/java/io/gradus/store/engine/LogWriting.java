package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Writes tenants' own logs. Runs of events that commit groups left to be logged are taken, written
/// and forgotten in one transaction: a node that dies in between leaves them as they were, and none
/// is written twice.
public final class LogWriting {
  private static final String TENANTS =
      """
      with recursive t(id) as (
        (select tenant_id from log_due order by tenant_id limit 1)
        union all
        select (select d.tenant_id from log_due d where d.tenant_id > t.id order by d.tenant_id limit 1)
        from t where t.id is not null)
      select id from t where id is not null""";

  /// Rows that another node has in its hands are passed over. What belongs to an execution that is
  /// gone has nulls in its place. The subqueries are kept apart by `offset 0`: each goes by a whole
  /// key, whatever the planner believes of the tables' sizes.
  private static final String TAKE =
      """
      with d as (
        select tenant_id, execution_id, first_event_id from log_due
        where tenant_id = ? order by committed_at limit ? for update skip locked),
      g as (
        delete from log_due l using d
        where l.tenant_id = d.tenant_id and l.execution_id = d.execution_id and l.first_event_id = d.first_event_id
        returning l.tenant_id, l.execution_id, l.first_event_id, l.redrive_count, l.committed_at)
      select g.tenant_id, g.execution_id, g.first_event_id, g.redrive_count, g.committed_at, h.events, e.name,
        m.name, m.type, t.account, r.logging
      from g
      join tenant t on t.id = g.tenant_id
      left join lateral (select e.name, e.revision_id, e.state_machine_id from execution e
        where e.tenant_id = g.tenant_id and e.id = g.execution_id offset 0) e on true
      left join lateral (select r.logging from state_machine_revision r
        where r.tenant_id = g.tenant_id and r.id = e.revision_id offset 0) r on true
      left join lateral (select m.name, m.type from state_machine m
        where m.tenant_id = g.tenant_id and m.id = e.state_machine_id offset 0) m on true
      left join lateral (select h.events from history h
        where h.tenant_id = g.tenant_id and h.execution_id = g.execution_id
          and h.first_event_id = g.first_event_id offset 0) h on true
      order by g.committed_at, g.execution_id, g.first_event_id""";

  private static final String EVENTS =
      """
      insert into log_event (tenant_id, execution_id, event_id, at, state_machine, level, type, execution_arn,
        message, size, kept)
      select g.tenant_id, g.id, g.event_id, 'epoch'::timestamptz + g.at * interval '1 microsecond', g.machine, g.level,
        g.type, g.arn, g.message, g.size, g.kept = 1
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::smallint[], ?::text[], ?::text[],
          ?::text[], ?::int[], ?::smallint[])
        g(tenant_id, id, event_id, at, machine, level, type, arn, message, size, kept)
      on conflict do nothing""";

  private static final String OUTGOING =
      """
      insert into log_outgoing (tenant_id, execution_id, first_event_id, last_event_id, log_group, state_machine, at,
        events, bytes)
      select g.tenant_id, g.id, g.first_id, g.last_id, g.log_group, g.machine,
        'epoch'::timestamptz + g.at * interval '1 microsecond', g.events, g.bytes
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::int[],
          ?::int[])
        g(tenant_id, id, first_id, last_id, log_group, machine, at, events, bytes)
      on conflict do nothing""";

  private final Sessions sessions;

  /// A run of events to be logged.
  ///
  /// @param redriveCount of the execution, when the run was written
  /// @param events encoded
  /// @param account of the tenant
  /// @param logging the settings of the revision, encoded; null is none
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Run(
      ExecutionKey execution,
      long firstEventId,
      int redriveCount,
      byte[] events,
      String executionName,
      String stateMachine,
      boolean express,
      String account,
      byte @Nullable [] logging) {}

  /// An event as the log keeps it.
  ///
  /// @param level 0 ALL, 1 ERROR, 2 FATAL: the highest that keeps it
  /// @param message JSON
  /// @param size of the message, bytes of UTF-8
  /// @param kept whether the execution itself is kept
  public record Event(
      ExecutionKey execution,
      long eventId,
      Instant at,
      String stateMachine,
      int level,
      String type,
      String executionArn,
      String message,
      int size,
      boolean kept) {}

  /// Events that are to be sent to a log group as well.
  ///
  /// @param at of the first
  /// @param bytes of their messages
  public record Outgoing(
      ExecutionKey execution,
      long firstEventId,
      long lastEventId,
      String logGroup,
      String stateMachine,
      Instant at,
      int events,
      int bytes) {}

  /// What is written at once.
  public record Batch(List<Event> events, List<Outgoing> outgoing) {
    public static final Batch NOTHING = new Batch(List.of(), List.of());
  }

  /// What was done.
  ///
  /// @param runs how many were taken
  /// @param events how many of theirs were written
  /// @param oldest when the first of them was committed; null for none
  public record Drained(int runs, int events, @Nullable Instant oldest) {}

  /// @param engine `Database.engine()`
  public LogWriting(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Tenants of whom something is to be logged.
  public List<TenantId> tenants() {
    return sessions.call(
        connection -> {
          List<TenantId> found = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(TENANTS);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(new TenantId(KeyArrays.uuid(rows, 1)));
            }
          }
          return found;
        });
  }

  /// Takes a tenant's oldest runs and writes what is made of them.
  public Drained drain(TenantId tenant, int limit, Function<List<Run>, Batch> rendering) {
    return sessions.transaction(
        connection -> {
          var taken = take(connection, tenant, limit);
          Batch batch = taken.runs().isEmpty() ? Batch.NOTHING : rendering.apply(taken.runs());
          write(connection, batch);
          return new Drained(taken.rows(), batch.events().size(), taken.oldest());
        });
  }

  /// Writes events that stand in no history.
  public void write(Batch batch) {
    sessions.transaction(
        connection -> {
          write(connection, batch);
          return true;
        });
  }

  private record Taken(int rows, List<Run> runs, @Nullable Instant oldest) {}

  private static Taken take(Connection connection, TenantId tenant, int limit) throws SQLException {
    int taken = 0;
    Instant oldest = null;
    List<Run> runs = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setObject(1, tenant.value());
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken++;
          oldest = oldest == null ? KeyArrays.instant(rows, 5) : oldest;
          byte[] events = rows.getBytes(6);
          if (events != null && rows.getString(8) != null) {
            runs.add(run(rows, events));
          }
        }
      }
    }
    return new Taken(taken, runs, oldest);
  }

  private static Run run(ResultSet rows, byte[] events) throws SQLException {
    return new Run(
        KeyArrays.read(rows),
        rows.getLong(3),
        rows.getInt(4),
        events,
        rows.getString(7),
        rows.getString(8),
        rows.getInt(9) == 1,
        rows.getString(10),
        rows.getBytes(11));
  }

  private static void write(Connection connection, Batch batch) throws SQLException {
    List<Event> events = batch.events();
    if (!events.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
        var columns = new Columns(connection, statement);
        columns.uuids(events, e -> e.execution().tenant().value());
        columns.uuids(events, e -> e.execution().id());
        columns.add("int8", events, Event::eventId);
        columns.add("int8", events, e -> micros(e.at()));
        columns.add("text", events, Event::stateMachine);
        columns.add("int2", events, e -> (short) e.level());
        columns.add("text", events, Event::type);
        columns.add("text", events, Event::executionArn);
        columns.add("text", events, Event::message);
        columns.add("int4", events, Event::size);
        columns.add("int2", events, e -> (short) (e.kept() ? 1 : 0));
        statement.executeUpdate();
      }
    }
    List<Outgoing> outgoing = batch.outgoing();
    if (!outgoing.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(OUTGOING)) {
        var columns = new Columns(connection, statement);
        columns.uuids(outgoing, o -> o.execution().tenant().value());
        columns.uuids(outgoing, o -> o.execution().id());
        columns.add("int8", outgoing, Outgoing::firstEventId);
        columns.add("int8", outgoing, Outgoing::lastEventId);
        columns.add("text", outgoing, Outgoing::logGroup);
        columns.add("text", outgoing, Outgoing::stateMachine);
        columns.add("int8", outgoing, o -> micros(o.at()));
        columns.add("int4", outgoing, Outgoing::events);
        columns.add("int4", outgoing, Outgoing::bytes);
        statement.executeUpdate();
      }
    }
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /// Binds arrays one after the other.
  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private int next = 1;

    Columns(Connection connection, PreparedStatement statement) {
      this.connection = connection;
      this.statement = statement;
    }

    <R> void uuids(List<R> rows, Function<R, UUID> value) throws SQLException {
      add("uuid", rows, value::apply);
    }

    <R> void add(String type, List<R> rows, Function<R, Object> value) throws SQLException {
      Object[] values = rows.stream().map(value).toArray();
      statement.setArray(next++, connection.createArrayOf(type, values));
    }
  }
}
