package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs of log events that are to be sent to log groups: any node takes some of them for a while,
/// and forgets them when they were sent.
public final class LogOutgoing {
  private static final String TENANTS =
      """
      with recursive t(id) as (
        (select tenant_id from log_outgoing order by tenant_id limit 1)
        union all
        select (select o.tenant_id from log_outgoing o where o.tenant_id > t.id order by o.tenant_id limit 1)
        from t where t.id is not null)
      select id from t
      where id is not null
        and exists (select 1 from log_outgoing o where o.tenant_id = t.id and o.due_at <= now())""";

  /// Of one log group and one state machine, which is what one log stream takes.
  private static final String TAKE =
      """
      with a as (
        select tenant_id, log_group, state_machine from log_outgoing where tenant_id = ? and due_at <= now()
        order by due_at limit 1),
      c as (
        select o.tenant_id, o.execution_id, o.first_event_id
        from log_outgoing o join a on a.log_group = o.log_group and a.state_machine = o.state_machine
        where o.tenant_id = ? and o.due_at <= now()
        order by o.due_at limit ? for update of o skip locked)
      update log_outgoing u set tries = u.tries + 1, due_at = clock_timestamp() + ? * interval '1 millisecond'
      from c
      where u.tenant_id = c.tenant_id and u.execution_id = c.execution_id and u.first_event_id = c.first_event_id
      returning u.tenant_id, u.execution_id, u.first_event_id, u.last_event_id, u.log_group, u.state_machine, u.at,
        u.events, u.bytes, u.tries""";

  private static final String EVENTS =
      """
      select l.at, l.message, l.execution_id, l.event_id
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[]) g(tenant_id, id, first_id, last_id)
      join log_event l on l.tenant_id = g.tenant_id and l.execution_id = g.id
        and l.event_id between g.first_id and g.last_id
      order by l.at, l.execution_id, l.event_id""";

  private static final String GONE =
      """
      delete from log_outgoing o
      using unnest(?::uuid[], ?::uuid[], ?::bigint[]) g(tenant_id, id, first_id)
      where o.tenant_id = g.tenant_id and o.execution_id = g.id and o.first_event_id = g.first_id""";

  private static final String AGAIN =
      """
      update log_outgoing o set due_at = clock_timestamp() + ? * interval '1 millisecond'
      from unnest(?::uuid[], ?::uuid[], ?::bigint[]) g(tenant_id, id, first_id)
      where o.tenant_id = g.tenant_id and o.execution_id = g.id and o.first_event_id = g.first_id""";

  private static final String SENT =
      """
      insert into log_delivery (tenant_id, log_group, sent_events, sent_at, lost_events)
      values (?, ?, ?, clock_timestamp(), ?)
      on conflict (tenant_id, log_group) do update set sent_events = log_delivery.sent_events + excluded.sent_events,
        sent_at = excluded.sent_at, lost_events = log_delivery.lost_events + excluded.lost_events""";

  private static final String FAILED =
      """
      insert into log_delivery (tenant_id, log_group, failed_at, failure)
      values (?, ?, clock_timestamp(), ?)
      on conflict (tenant_id, log_group) do update set failed_at = excluded.failed_at, failure = excluded.failure""";

  private final Sessions sessions;

  /// A run that is to be sent.
  ///
  /// @param at of its first event
  /// @param bytes of its messages
  /// @param tries how often it was taken, with this time
  public record Due(
      ExecutionKey execution,
      long firstEventId,
      long lastEventId,
      String logGroup,
      String stateMachine,
      Instant at,
      int events,
      int bytes,
      int tries) {}

  /// A log event.
  public record Event(Instant at, String message) {}

  /// @param engine `Database.engine()`
  public LogOutgoing(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Tenants of whom something is to be sent now.
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

  /// Takes a tenant's runs for one log group and state machine, in the order of their first events.
  /// Each is due again after `lease`, whoever takes it, unless something else is said of it.
  public List<Due> take(TenantId tenant, int limit, Duration lease) {
    return sessions.call(
        connection -> {
          List<Due> due = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, tenant.value());
            statement.setObject(2, tenant.value());
            statement.setInt(3, limit);
            statement.setLong(4, lease.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                due.add(
                    new Due(
                        KeyArrays.read(rows),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getString(5),
                        rows.getString(6),
                        KeyArrays.instant(rows, 7),
                        rows.getInt(8),
                        rows.getInt(9),
                        rows.getInt(10)));
              }
            }
          }
          due.sort(Comparator.comparing(Due::at));
          return due;
        });
  }

  /// The events of runs, in the order of time; those that the own log dropped are not among them.
  public List<Event> events(List<Due> runs) {
    return sessions.call(
        connection -> {
          List<Event> events = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            int index = keys(connection, statement, 1, runs);
            Object[] lasts = runs.stream().map(Due::lastEventId).toArray();
            statement.setArray(index, connection.createArrayOf("int8", lasts));
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                events.add(new Event(KeyArrays.instant(rows, 1), rows.getString(2)));
              }
            }
          }
          return events;
        });
  }

  /// The runs were sent.
  ///
  /// @param events how many of their events were taken
  /// @param lost how many were not, and will not be
  public void sent(List<Due> runs, int events, int lost) {
    sessions.transaction(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(GONE)) {
            keys(connection, statement, 1, runs);
            statement.executeUpdate();
          }
          Due first = runs.getFirst();
          try (PreparedStatement statement = connection.prepareStatement(SENT)) {
            statement.setObject(1, first.execution().tenant().value());
            statement.setString(2, first.logGroup());
            statement.setLong(3, events);
            statement.setLong(4, lost);
            return statement.executeUpdate();
          }
        });
  }

  /// The runs are to be sent again after this time.
  ///
  /// @param failure why, for whoever reads the page; null where nothing failed
  public void again(List<Due> runs, Duration pause, @Nullable String failure) {
    sessions.transaction(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            statement.setLong(1, pause.toMillis());
            keys(connection, statement, 2, runs);
            statement.executeUpdate();
          }
          if (failure == null) {
            return 0;
          }
          Due first = runs.getFirst();
          try (PreparedStatement statement = connection.prepareStatement(FAILED)) {
            statement.setObject(1, first.execution().tenant().value());
            statement.setString(2, first.logGroup());
            statement.setString(3, failure);
            return statement.executeUpdate();
          }
        });
  }

  private static int keys(
      Connection connection, PreparedStatement statement, int index, List<Due> runs)
      throws SQLException {
    UUID[] tenants = runs.stream().map(r -> r.execution().tenant().value()).toArray(UUID[]::new);
    UUID[] ids = runs.stream().map(r -> r.execution().id()).toArray(UUID[]::new);
    Object[] firsts = runs.stream().map(Due::firstEventId).toArray();
    statement.setArray(index, connection.createArrayOf("uuid", tenants));
    statement.setArray(index + 1, connection.createArrayOf("uuid", ids));
    statement.setArray(index + 2, connection.createArrayOf("int8", firsts));
    return index + 3;
  }
}
