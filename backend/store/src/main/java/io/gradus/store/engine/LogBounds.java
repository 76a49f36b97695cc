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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Keeps tenants' logs within their bounds: what is oldest goes.
public final class LogBounds {
  /// The log group under which losses of the own log are counted.
  public static final String OWN = "";

  private static final String TENANTS =
      """
      with recursive t(id) as (
        (select tenant_id from log_event order by tenant_id limit 1)
        union all
        select (select l.tenant_id from log_event l where l.tenant_id > t.id order by l.tenant_id limit 1)
        from t where t.id is not null)
      select id from t where id is not null""";

  /// The newest event that is too old, or one too many.
  private static final String BEYOND =
      """
      select at from (
        select at, row_number() over newest as place, sum(size) over newest as bytes
        from log_event where tenant_id = ?
        window newest as (order by at desc, execution_id desc, event_id desc)) l
      where place > ? or bytes > ? or at < clock_timestamp() - ? * interval '1 second'
      order by at desc limit 1""";

  private static final String TRIM = "delete from log_event where tenant_id = ? and at <= ?";

  /// What was to be sent and is not there any more.
  private static final String UNSENT =
      """
      with d as (delete from log_outgoing where tenant_id = ? and at <= ? returning tenant_id, log_group, events)
      insert into log_delivery (tenant_id, log_group, lost_events)
      select tenant_id, log_group, sum(events) from d group by tenant_id, log_group
      on conflict (tenant_id, log_group) do update
        set lost_events = log_delivery.lost_events + excluded.lost_events""";

  private static final String SHED =
      """
      delete from log_due where tenant_id = ? and committed_at <= (
        select d.committed_at from log_due d where d.tenant_id = ? order by d.committed_at desc offset ? limit 1)""";

  private static final String LOST =
      """
      insert into log_delivery (tenant_id, log_group, lost_events, failed_at, failure)
      values (?, ?, ?, clock_timestamp(), ?)
      on conflict (tenant_id, log_group) do update set lost_events = log_delivery.lost_events + excluded.lost_events,
        failed_at = excluded.failed_at, failure = excluded.failure""";

  private static final String OLD_DELIVERIES =
      """
      delete from log_delivery
      where greatest(sent_at, failed_at) < clock_timestamp() - ? * interval '1 second'""";

  private final Sessions sessions;

  /// What a tenant's log holds at most.
  ///
  /// @param bytes of messages
  public record Bounds(int events, long bytes, Duration age) {}

  /// @param engine `Database.engine()`
  public LogBounds(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Tenants with a log.
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

  /// Drops what is beyond the bounds, sent or not.
  ///
  /// @return how many events went
  public int trim(TenantId tenant, Bounds bounds) {
    return sessions.transaction(
        connection -> {
          Instant until = beyond(connection, tenant, bounds);
          if (until == null) {
            return 0;
          }
          OffsetDateTime column = until.atOffset(ZoneOffset.UTC);
          execute(connection, UNSENT, tenant.value(), column);
          return execute(connection, TRIM, tenant.value(), column);
        });
  }

  private static @Nullable Instant beyond(Connection connection, TenantId tenant, Bounds bounds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEYOND)) {
      statement.setObject(1, tenant.value());
      statement.setInt(2, bounds.events());
      statement.setLong(3, bounds.bytes());
      statement.setLong(4, bounds.age().toSeconds());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? KeyArrays.instant(rows, 1) : null;
      }
    }
  }

  /// Gives up the oldest of what is to be logged, where there is more than the log would keep.
  ///
  /// @param keep runs of events
  /// @return how many runs went
  public int shed(TenantId tenant, int keep) {
    return sessions.transaction(
        connection -> {
          int gone = execute(connection, SHED, tenant.value(), tenant.value(), keep);
          if (gone > 0) {
            lost(connection, tenant, gone, "More was to be logged than could be written");
          }
          return gone;
        });
  }

  /// Something of the own log was lost.
  public void lost(TenantId tenant, int runs, String why) {
    sessions.call(connection -> lost(connection, tenant, runs, why));
  }

  private static int lost(Connection connection, TenantId tenant, int runs, String why)
      throws SQLException {
    return execute(connection, LOST, tenant.value(), OWN, (long) runs, why);
  }

  /// Forgets log groups to which nothing was sent for this long.
  public int forgetDeliveries(Duration age) {
    return sessions.call(connection -> execute(connection, OLD_DELIVERIES, age.toSeconds()));
  }

  private static int execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
