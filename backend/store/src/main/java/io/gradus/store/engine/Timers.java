package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.store.jdbc.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Timers that are rows. They fire by database time, on the node that claims them.
public final class Timers {
  /// From the timers to their executions, whatever the planner believes of the tables' sizes: hence
  /// the subquery, which `offset 0` keeps apart.
  private static final String CLAIM =
      """
      with c as (
        select t.tenant_id, t.execution_id, t.timer_id, e.owner
        from timer t cross join lateral (
          select owner from execution where tenant_id = t.tenant_id and id = t.execution_id offset 0) e
        where t.due < ? and (t.due, t.tenant_id, t.execution_id, t.timer_id) > (?, ?, ?, ?)
          and (t.claimed_until is null or t.claimed_until < clock_timestamp()
            or not exists (select from node n
              where n.incarnation = t.claimed_by and n.lease_until > clock_timestamp()))
          and e.owner in (0, ?)
        order by t.due, t.tenant_id, t.execution_id, t.timer_id
        limit ? for update of t skip locked)
      update timer t set claimed_by = ?, claimed_until = clock_timestamp() + ? * interval '1 millisecond'
      from c
      where t.tenant_id = c.tenant_id and t.execution_id = c.execution_id and t.timer_id = c.timer_id
      returning t.tenant_id, t.execution_id, t.timer_id, t.due, c.owner""";

  private static final String DELETE =
      """
      delete from timer t using unnest(?::uuid[], ?::uuid[], ?::text[]) g(tenant_id, id, timer_id)
      where t.tenant_id = g.tenant_id and t.execution_id = g.id and t.timer_id = g.timer_id""";

  /// Jumps from second to second along the index: a million timers of one second are one step.
  private static final String SECONDS =
      """
      with recursive s(at) as (
        select date_trunc('second', (select min(due) from timer where due >= ?))
        union all
        select date_trunc('second', (select min(due) from timer where due >= s.at + interval '1 second'))
        from s where s.at is not null)
      select extract(epoch from at)::bigint from s where at is not null limit ?""";

  private static final String COUNT = "select count(*) from timer";

  private final Sessions sessions;

  /// A timer that is this node's to fire.
  ///
  /// @param owner the incarnation that has its execution; 0 for none
  public record Claimed(ExecutionKey execution, String timerId, Instant due, int owner)
      implements Comparable<Claimed> {
    @Override
    public int compareTo(Claimed other) {
      int byDue = due.compareTo(other.due);
      int byKey = byDue != 0 ? byDue : execution.compareTo(other.execution);
      return byKey != 0 ? byKey : timerId.compareTo(other.timerId);
    }
  }

  /// Which timers to claim.
  ///
  /// @param before due earlier than this, in database time
  /// @param hold for how long nobody else claims them; engine.md has 30 s
  /// @param limit engine.md has 1,000
  /// @param after the last of the batch before, null for the first: a long row of claimed timers is
  ///   then not walked again for each batch
  public record Wanted(Instant before, Duration hold, int limit, @Nullable Claimed after) {}

  /// @param engine `Database.engine()`
  public Timers(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Claims timers that nobody alive holds, of executions that are this incarnation's or nobody's.
  ///
  /// @return in the order of their dues
  public List<Claimed> claim(int me, Wanted wanted) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            Claimed after = wanted.after();
            statement.setObject(1, at(wanted.before()));
            statement.setObject(2, at(after == null ? Instant.EPOCH : after.due()));
            KeyArrays.bind(statement, 3, after == null ? KeyArrays.FIRST : after.execution());
            statement.setString(5, after == null ? "" : after.timerId());
            statement.setInt(6, me);
            statement.setInt(7, wanted.limit());
            statement.setInt(8, me);
            statement.setLong(9, wanted.hold().toMillis());
            return claimed(statement);
          }
        });
  }

  /// Deletes timers whose firing found nothing to do.
  ///
  /// @return how many there were
  public int delete(Collection<Claimed> timers) {
    if (timers.isEmpty()) {
      return 0;
    }
    List<Claimed> sorted =
        timers.stream()
            .sorted(
                java.util.Comparator.comparing(Claimed::execution).thenComparing(Claimed::timerId))
            .toList();
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            KeyArrays keys = new KeyArrays(sorted.stream().map(Claimed::execution).toList());
            int index = keys.bind(connection, statement, 1);
            Object[] ids = sorted.stream().map(Claimed::timerId).toArray();
            statement.setArray(index, connection.createArrayOf("text", ids));
            return statement.executeUpdate();
          }
        });
  }

  /// The seconds since 1970 in which any timer is due, ascending.
  ///
  /// @param from database time
  public List<Long> dueSeconds(Instant from, int limit) {
    return sessions.call(
        connection -> {
          List<Long> seconds = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(SECONDS)) {
            statement.setObject(1, at(from));
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                seconds.add(rows.getLong(1));
              }
            }
          }
          return seconds;
        });
  }

  /// How many timers there are. Counts them all.
  public long count() {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(COUNT);
              ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static List<Claimed> claimed(PreparedStatement statement) throws SQLException {
    List<Claimed> claimed = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        claimed.add(
            new Claimed(
                KeyArrays.read(rows),
                rows.getString(3),
                KeyArrays.instant(rows, 4),
                rows.getInt(5)));
      }
    }
    claimed.sort(null);
    return claimed;
  }
}
