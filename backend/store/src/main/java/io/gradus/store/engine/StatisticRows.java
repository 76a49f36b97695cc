package io.gradus.store.engine;

import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Counts executions into buckets of time, of all tenants at once and beside the engine.
///
/// What is counted takes the place of what was counted of the same buckets before, so counting
/// again changes nothing, and what dies in between is done anew. Buckets are counted again and
/// again until [#SETTLING] after their end, and never after that: what is deleted later stays
/// counted. Who counts holds one row, so that it is one node at a time.
public final class StatisticRows {
  /// How long after its end a bucket is counted for the last time: commits may come late, and
  /// clocks differ.
  static final Duration SETTLING = Duration.ofMinutes(15);

  /// How long after its end a bucket is counted each time; after that once more, when it settles.
  static final Duration FRESH = Duration.ofMinutes(2);

  /// How long buckets of five minutes are kept.
  static final Duration MINUTES_KEPT = Duration.ofDays(3);

  /// How long buckets of an hour are kept, and how far back it is counted at most.
  static final Duration HOURS_KEPT = Duration.ofDays(35);

  private static final Duration BUCKET = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);

  /// How far an id's time may be from when its execution was started.
  private static final Duration SLACK = Duration.ofMinutes(1);

  private static final String HOLD =
      """
      select settled_to, counted_to, now() from execution_stat_clock for no key update skip locked""";

  private static final String ANY = "select count(*) from (select from execution limit 1) found";

  private static final String SETTLED = "update execution_stat_clock set settled_to = ?";

  private static final String COUNTED = "update execution_stat_clock set counted_to = ?";

  /// See GroupSql for `= any (array(…))`: it goes by the whole key.
  private static final String CLEAR =
      """
      delete from execution_stat
      where tenant_id = any (array(select id from tenant)) and span = ? and bucket_at >= ? and bucket_at < ?""";

  /// By ids. `offset 0` has the rows found by what is looked for and not by how they are grouped:
  /// on an empty table an index in the order of the groups looks as good.
  private static final String STARTED =
      """
      insert into execution_stat (tenant_id, span, bucket_at, state_machine_id, status, duration_class, executions)
      select tenant_id, 5, date_bin('5 minutes', started_at, 'epoch'), state_machine_id, 0, 0, count(*)
      from (
        select tenant_id, state_machine_id, started_at from execution
        where tenant_id = any (array(select id from tenant)) and id >= ? and id < ?
          and date_bin('5 minutes', started_at, 'epoch') >= ? and date_bin('5 minutes', started_at, 'epoch') < ?
          and map_run_id is null
        offset 0) g
      group by 1, 3, 4""";

  private static final String ENDED =
      """
      insert into execution_stat (tenant_id, span, bucket_at, state_machine_id, status, duration_class, executions)
      select tenant_id, 5, date_bin('5 minutes', stopped_at, 'epoch'), state_machine_id, status,
        least(159, floor(4 * ln(greatest(1, extract(epoch from stopped_at - started_at)::float8 * 1000))
          / ln(2::float8)))::smallint, count(*)
      from (
        select tenant_id, state_machine_id, status, started_at, stopped_at from execution
        where stopped_at >= ? and stopped_at < ? and map_run_id is null and status between 1 and 4
        offset 0) g
      group by 1, 3, 4, 5, 6""";

  private static final String HOURS =
      """
      insert into execution_stat (tenant_id, span, bucket_at, state_machine_id, status, duration_class, executions)
      select tenant_id, 60, date_bin('1 hour', bucket_at, 'epoch'), state_machine_id, status, duration_class,
        sum(executions)
      from execution_stat
      where tenant_id = any (array(select id from tenant)) and span = 5 and bucket_at >= ? and bucket_at < ?
      group by 1, 3, 4, 5, 6""";

  private static final String TRIM =
      """
      delete from execution_stat
      where tenant_id = any (array(select id from tenant)) and span = ? and bucket_at < ?""";

  private final Sessions sessions;

  /// How far it is counted.
  ///
  /// @param settledTo null before the first time
  /// @param countedTo null before the first time
  private record Clock(@Nullable Instant settledTo, @Nullable Instant countedTo, Instant now) {
    /// Where what is to be settled begins.
    Instant begin(boolean any) {
      Instant oldest = bucket(now.minus(any ? HOURS_KEPT : SETTLING));
      return settledTo == null || settledTo.isBefore(oldest) ? oldest : settledTo;
    }

    /// What ends before it is settled.
    Instant settleable() {
      return bucket(now.minus(SETTLING));
    }
  }

  @FunctionalInterface
  private interface Work {
    boolean by(Connection connection, Clock clock) throws SQLException;
  }

  /// @param engine `Database.engine()`
  public StatisticRows(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Counts what is not settled yet, unless that was done within a time.
  ///
  /// @return whether it was counted
  public boolean refresh(Duration within) {
    return refresh(within, null);
  }

  boolean refresh(Duration within, @Nullable Instant at) {
    return held(
        at,
        (connection, clock) -> {
          Instant last = clock.countedTo();
          if (last != null && last.isAfter(clock.now().minus(within))) {
            return false;
          }
          Instant from = latest(clock.settleable(), clock.settledTo());
          from = latest(from, last == null ? null : bucket(last.minus(FRESH)));
          Instant to = bucket(clock.now()).plus(BUCKET);
          if (from.isBefore(to)) {
            count(connection, from, to);
          }
          execute(connection, COUNTED, clock.now());
          return true;
        });
  }

  /// Counts a portion of what can be settled for the last time: an hour at most.
  ///
  /// @return whether there is more
  public boolean settle() {
    return settle(null);
  }

  boolean settle(@Nullable Instant at) {
    return held(
        at,
        (connection, clock) -> {
          Instant from = clock.begin(clock.settledTo() != null || any(connection));
          Instant end = clock.settleable();
          if (!from.isBefore(end)) {
            if (clock.settledTo() == null) {
              execute(connection, SETTLED, end);
            }
            return false;
          }
          Instant to = floor(from, HOUR).plus(HOUR);
          to = to.isAfter(end) ? end : to;
          count(connection, from, to);
          execute(connection, SETTLED, to);
          return to.isBefore(end);
        });
  }

  /// Forgets what is too old.
  public void trim() {
    trim(null);
  }

  void trim(@Nullable Instant at) {
    held(
        at,
        (connection, clock) -> {
          Instant settled = clock.settledTo();
          if (settled == null) {
            return false;
          }
          // Of the hour that is being settled the parts are needed until it is whole.
          Instant minutes = floor(clock.now().minus(MINUTES_KEPT), HOUR);
          Instant whole = floor(settled, HOUR);
          execute(connection, TRIM, 5, whole.isBefore(minutes) ? whole : minutes);
          execute(connection, TRIM, 60, floor(clock.now().minus(HOURS_KEPT), HOUR));
          return true;
        });
  }

  /// False without any work where another node counts.
  private boolean held(@Nullable Instant at, Work work) {
    return sessions.transaction(
        connection -> {
          Clock clock;
          try (PreparedStatement statement = connection.prepareStatement(HOLD);
              ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
              return false;
            }
            clock =
                new Clock(
                    KeyArrays.instantOrNull(rows, 1),
                    KeyArrays.instantOrNull(rows, 2),
                    at == null ? KeyArrays.instant(rows, 3) : at);
          }
          return work.by(connection, clock);
        });
  }

  private static void count(Connection connection, Instant from, Instant to) throws SQLException {
    execute(connection, CLEAR, 5, from, to);
    execute(connection, STARTED, firstId(from.minus(SLACK)), firstId(to.plus(SLACK)), from, to);
    execute(connection, ENDED, from, to);
    Instant firstHour = floor(from, HOUR);
    Instant lastHour = floor(to.minusMillis(1), HOUR).plus(HOUR);
    execute(connection, CLEAR, 60, firstHour, lastHour);
    execute(connection, HOURS, firstHour, lastHour);
  }

  private static boolean any(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ANY);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() && rows.getLong(1) > 0;
    }
  }

  private static int execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(
            i + 1, values[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static Instant latest(Instant one, @Nullable Instant other) {
    return other == null || other.isBefore(one) ? one : other;
  }

  private static Instant bucket(Instant at) {
    return floor(at, BUCKET);
  }

  private static Instant floor(Instant at, Duration span) {
    long seconds = span.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  /// The least id that an execution started then can have.
  private static UUID firstId(Instant at) {
    return new UUID(Math.max(0, at.toEpochMilli()) << 16, 0);
  }
}
