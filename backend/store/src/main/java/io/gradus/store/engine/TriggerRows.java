package io.gradus.store.engine;

import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Triggers as they are seen to, of whatever tenant: taken by one node at a time, and told what
/// came of it. Time is the database's.
public final class TriggerRows {
  /// Those of a tenant that is suspended wait until it is not.
  private static final String TAKE =
      """
      with c as (
        select t.tenant_id, t.id from trigger t join tenant n on n.id = t.tenant_id and n.status = 0
        where t.due_at <= now() and t.kind = ? and t.enabled
        order by t.due_at limit ? for no key update of t skip locked)
      update trigger t set tries = t.tries + 1, lease = ?,
        due_at = clock_timestamp() + ? * interval '1 millisecond'
      from c, tenant n
      where t.tenant_id = c.tenant_id and t.id = c.id and n.id = c.tenant_id
      returning t.tenant_id, n.account, t.id, t.name, t.state_machine_arn, t.input, t.tries, t.lease,
        clock_timestamp(), t.expression, t.time_zone, t.anchor_at, t.starts_at, t.ends_at, t.catch_up,
        t.next_at, t.queue_url, t.batch_size""";

  private static final String NEXT =
      """
      update trigger set next_at = ?, due_at = ?, lease = null, tries = 0, problem = null, problem_at = null
      where tenant_id = ? and id = ? and lease = ?""";

  private static final String AGAIN =
      """
      update trigger set due_at = clock_timestamp() + ? * interval '1 millisecond', lease = null,
        tries = case when ?::text is null then 0 else tries end,
        problem = ?, problem_at = case when ?::text is null then null else clock_timestamp() end
      where tenant_id = ? and id = ? and lease = ?""";

  private static final String HOLD =
      """
      update trigger set due_at = clock_timestamp() + ? * interval '1 millisecond'
      where tenant_id = ? and id = ? and lease = ?""";

  private static final String CURRENT =
      """
      select t.state_machine_arn, t.input from trigger t join tenant n on n.id = t.tenant_id and n.status = 0
      where t.tenant_id = ? and t.id = ? and t.enabled and t.queue_url = ?""";

  /// What was told before, by a node that died just then, is not told again.
  private static final String FIRED =
      """
      insert into trigger_fire (tenant_id, trigger_id, event_id, execution_arn, error, cause)
      select v.tenant_id, v.trigger_id, v.event_id, v.execution_arn, v.error, v.cause
      from (values (?::uuid, ?::uuid, ?::text, ?::text, ?::text, ?::text))
        v (tenant_id, trigger_id, event_id, execution_arn, error, cause)
      where not exists (select from trigger_fire f where f.tenant_id = v.tenant_id
        and f.trigger_id = v.trigger_id and f.execution_arn = v.execution_arn)
      and exists (select from trigger t where t.tenant_id = v.tenant_id and t.id = v.trigger_id)""";

  private static final String SOON =
      """
      select distinct date_trunc('second', due_at + interval '999 milliseconds') from trigger
      where kind = ? and enabled and due_at > now() and due_at <= now() + ? * interval '1 millisecond'
      limit 10000""";

  private static final String TRIM =
      """
      delete from trigger_fire f using (
        select tenant_id, trigger_id, id,
          row_number() over (partition by tenant_id, trigger_id order by id desc) as place
        from trigger_fire) old
      where old.place > ? and f.tenant_id = old.tenant_id and f.trigger_id = old.trigger_id and f.id = old.id""";

  private final Sessions sessions;

  /// Which triggers.
  public enum Kind {
    SCHEDULE,
    QUEUE;

    private int column() {
      return this == SCHEDULE ? 0 : 2;
    }
  }

  /// A trigger in a node's hands.
  ///
  /// @param tries how often it was taken since it last worked, with this time
  /// @param lease tells this time from every other
  /// @param takenAt the database's time
  /// @param schedule null for a queue
  /// @param queue null for a schedule
  public record Taken(
      TenantId tenant,
      String account,
      UUID id,
      String name,
      String stateMachineArn,
      @Nullable String input,
      int tries,
      UUID lease,
      Instant takenAt,
      @Nullable Schedule schedule,
      @Nullable Queue queue) {

    private Taken leadingTo(String machineArn, @Nullable String template) {
      return new Taken(
          tenant, account, id, name, machineArn, template, tries, lease, takenAt, schedule, queue);
    }
  }

  /// @param nextAt the moment that it fires for
  public record Schedule(
      String expression,
      String timeZone,
      Instant anchor,
      @Nullable Instant start,
      @Nullable Instant end,
      boolean catchUp,
      Instant nextAt) {}

  /// @param batchSize 1 to 10
  public record Queue(String url, int batchSize) {}

  /// What came of an event: either an execution or an error.
  public record Fired(
      String eventId,
      @Nullable String executionArn,
      @Nullable String error,
      @Nullable String cause) {}

  /// @param engine `Database.engine()`
  public TriggerRows(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// The database's time.
  public Instant now() {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement("select clock_timestamp()");
              ResultSet rows = statement.executeQuery()) {
            rows.next();
            return KeyArrays.instant(rows, 1);
          }
        });
  }

  /// Takes triggers that are due, the longest due first. Each is due again after `lease`, whoever
  /// takes it, unless [#next] or [#again] says otherwise.
  public List<Taken> take(Kind kind, int limit, Duration lease) {
    return sessions.call(
        connection -> {
          List<Taken> taken = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, kind.column());
            statement.setInt(2, limit);
            statement.setObject(3, UUID.randomUUID());
            statement.setLong(4, lease.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                taken.add(read(rows));
              }
            }
          }
          return taken;
        });
  }

  /// Seconds in which one becomes due within that time.
  public List<Instant> soon(Kind kind, Duration within) {
    return sessions.call(
        connection -> {
          List<Instant> seconds = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(SOON)) {
            statement.setInt(1, kind.column());
            statement.setLong(2, within.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                seconds.add(KeyArrays.instant(rows, 1));
              }
            }
          }
          return seconds;
        });
  }

  /// Tells what came of a moment, and the one that the schedule fires for next. Nothing happens
  /// where somebody else has the trigger by now.
  ///
  /// @param next null for none
  /// @param fired null where nothing is to be told
  public void next(Taken taken, @Nullable Instant next, @Nullable Fired fired) {
    sessions.transaction(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setObject(1, column(next));
            statement.setObject(2, column(next));
            key(statement, 3, taken);
            if (statement.executeUpdate() == 1 && fired != null) {
              insert(connection, taken.tenant(), taken.id(), fired);
            }
          }
          return true;
        });
  }

  /// The trigger is to be seen to again after this time.
  ///
  /// @param problem why it did not work; null where it did
  public void again(Taken taken, Duration pause, @Nullable String problem) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            statement.setLong(1, pause.toMillis());
            statement.setString(2, problem);
            statement.setString(3, problem);
            statement.setString(4, problem);
            key(statement, 5, taken);
            return statement.executeUpdate();
          }
        });
  }

  /// Has the trigger for another while; nothing happens where somebody else has it by now.
  public void hold(Taken taken, Duration lease) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setLong(1, lease.toMillis());
            key(statement, 2, taken);
            return statement.executeUpdate();
          }
        });
  }

  /// The trigger of a queue as it is by now, for whoever waited with it in hand.
  ///
  /// @return empty where it sees to this queue no more: it is gone, paused, leads to another queue,
  ///   or its tenant is suspended
  public Optional<Taken> current(Taken taken, Queue queue) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CURRENT)) {
            statement.setObject(1, taken.tenant().value());
            statement.setObject(2, taken.id());
            statement.setString(3, queue.url());
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next()
                  ? Optional.of(taken.leadingTo(rows.getString(1), rows.getString(2)))
                  : Optional.empty();
            }
          }
        });
  }

  /// Tells what came of an event; nothing happens where the trigger is gone.
  public void fired(TenantId tenant, UUID id, Fired fired) {
    sessions.call(
        connection -> {
          insert(connection, tenant, id, fired);
          return true;
        });
  }

  /// Forgets the oldest times that triggers fired.
  ///
  /// @param kept how many of each stay
  /// @return how many are gone
  public int trim(int kept) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TRIM)) {
            statement.setInt(1, kept);
            return statement.executeUpdate();
          }
        });
  }

  private static void insert(Connection connection, TenantId tenant, UUID id, Fired fired)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIRED)) {
      statement.setObject(1, tenant.value());
      statement.setObject(2, id);
      statement.setString(3, fired.eventId());
      statement.setString(4, fired.executionArn());
      statement.setString(5, fired.error());
      statement.setString(6, fired.cause());
      statement.executeUpdate();
    }
  }

  private static void key(PreparedStatement statement, int at, Taken taken) throws SQLException {
    statement.setObject(at, taken.tenant().value());
    statement.setObject(at + 1, taken.id());
    statement.setObject(at + 2, taken.lease());
  }

  private static Taken read(ResultSet rows) throws SQLException {
    String expression = rows.getString(10);
    String url = rows.getString(17);
    return new Taken(
        new TenantId(rows.getObject(1, UUID.class)),
        rows.getString(2),
        rows.getObject(3, UUID.class),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        rows.getInt(7),
        rows.getObject(8, UUID.class),
        KeyArrays.instant(rows, 9),
        expression == null
            ? null
            : new Schedule(
                expression,
                rows.getString(11),
                KeyArrays.instant(rows, 12),
                KeyArrays.instantOrNull(rows, 13),
                KeyArrays.instantOrNull(rows, 14),
                rows.getBoolean(15),
                KeyArrays.instant(rows, 16)),
        url == null ? null : new Queue(url, rows.getInt(18)));
  }

  private static @Nullable OffsetDateTime column(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }
}
