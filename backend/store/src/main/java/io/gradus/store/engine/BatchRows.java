package io.gradus.store.engine;

import io.gradus.engine.TenantId;
import io.gradus.store.BatchRow.Action;
import io.gradus.store.BatchRow.Outcome;
import io.gradus.store.BatchRow.Taken;
import io.gradus.store.jdbc.Sessions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Batches as they are worked on, of whatever tenant: taken by one node at a time, and told what
/// came of their items. Time is the database's.
public final class BatchRows {
  /// Of a tenant one at a time. Those of a tenant that is suspended wait until it is not.
  /// Subqueries of their own, so that the planner begins with what is due, however empty it
  /// believes the tables to be.
  private static final String TAKE =
      """
      with c as (
        select b.tenant_id, b.id, (select n.account from tenant n where n.id = b.tenant_id) as account
        from batch b
        where b.due_at <= now() and (select n.status from tenant n where n.id = b.tenant_id) = 0
          and (select count(*) from batch o where o.tenant_id = b.tenant_id and o.id <> b.id
            and o.lease is not null and o.due_at > now()) = 0
        order by b.due_at limit 1 for no key update of b skip locked)
      update batch b set lease = ?, due_at = clock_timestamp() + ? * interval '1 millisecond'
      from c where b.tenant_id = c.tenant_id and b.id = c.id
      returning b.tenant_id, c.account, b.id, b.action, b.error, b.cause, b.created_by, b.lease""";

  /// See GroupSql for `= any (array(…))`: it goes by the whole key.
  private static final String BEGIN =
      """
      update batch_item i set tries = i.tries + 1
      from batch b
      where b.tenant_id = ? and b.id = ? and b.lease = ? and b.cancelled_by is null
        and i.tenant_id = b.tenant_id and i.batch_id = b.id and i.number = any (array(
          select w.number from batch_item w where w.tenant_id = ? and w.batch_id = ? and w.outcome = 0
          order by w.number limit ?))
      returning i.number, i.execution_arn, i.tries""";

  /// What waits no more has been told already, and is not counted again.
  private static final String TELL =
      """
      with mine as (
        select tenant_id, id from batch
        where tenant_id = ? and id = ? and lease = ? for no key update),
      told as (
        update batch_item i set outcome = g.outcome, error = g.error, reason = g.reason, at = clock_timestamp()
        from mine m, unnest(?::int[], ?::smallint[], ?::text[], ?::text[]) g (number, outcome, error, reason)
        where i.tenant_id = m.tenant_id and i.batch_id = m.id and i.number = g.number and i.outcome = 0
        returning i.outcome)
      update batch b set due_at = clock_timestamp() + ? * interval '1 millisecond',
        done = done + (select count(*) from told where outcome = 1),
        refused = refused + (select count(*) from told where outcome = 2)
      from mine m where b.tenant_id = m.tenant_id and b.id = m.id""";

  private static final String REST =
      """
      with mine as (
        select tenant_id, id from batch
        where tenant_id = ? and id = ? and lease = ? for no key update),
      told as (
        update batch_item i set outcome = ?, error = ?, reason = ?, at = clock_timestamp()
        from mine m where i.tenant_id = m.tenant_id and i.batch_id = m.id and i.outcome = 0
        returning i.outcome)
      update batch b set ended_at = clock_timestamp(), due_at = null, lease = null,
        refused = refused + (select count(*) from told where outcome = 2),
        cancelled = cancelled + (select count(*) from told where outcome = 3)
      from mine m where b.tenant_id = m.tenant_id and b.id = m.id""";

  private static final String AGAIN =
      """
      update batch set due_at = clock_timestamp() + ? * interval '1 millisecond', lease = null
      where tenant_id = ? and id = ? and lease = ?""";

  private static final String TRIM =
      """
      delete from batch b using (
        select tenant_id, id, row_number() over (partition by tenant_id order by id desc) as place
        from batch) old
      where b.tenant_id = old.tenant_id and b.id = old.id and b.ended_at is not null
        and (b.ended_at < now() - ? * interval '1 millisecond' or old.place > ?)""";

  private final Sessions sessions;

  /// An item that was begun.
  ///
  /// @param tries how often it was, with this time
  public record Begun(int number, String executionArn, int tries) {}

  /// What came of an item.
  ///
  /// @param outcome DONE or REFUSED
  /// @param error AWS's name of why it was refused
  /// @param reason the sentence
  public record Told(
      int number, Outcome outcome, @Nullable String error, @Nullable String reason) {}

  /// @param engine `Database.engine()`
  public BatchRows(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Takes the one that has been due longest. It is due again after `lease`, whoever takes it,
  /// unless it is told of meanwhile.
  public Optional<Taken> take(Duration lease) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, UUID.randomUUID());
            statement.setLong(2, lease.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
          }
        });
  }

  /// Begins with the first items that wait. None are left where there are none, the batch is
  /// cancelled, or somebody else has it by now.
  public List<Begun> begin(Taken taken, int limit) {
    return sessions.call(
        connection -> {
          List<Begun> begun = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            key(statement, 1, taken);
            statement.setObject(4, taken.tenant().value());
            statement.setObject(5, taken.id());
            statement.setInt(6, limit);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                begun.add(new Begun(rows.getInt(1), rows.getString(2), rows.getInt(3)));
              }
            }
          }
          begun.sort(Comparator.comparingInt(Begun::number));
          return begun;
        });
  }

  /// Tells what came of items, each once, and has the batch for another while.
  ///
  /// @return false where somebody else has it by now: nothing was told then
  public boolean tell(Taken taken, List<Told> told, Duration lease) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            key(statement, 1, taken);
            statement.setArray(4, array(connection, "int4", told, Told::number));
            statement.setArray(5, array(connection, "int2", told, it -> it.outcome().code()));
            statement.setArray(6, array(connection, "text", told, Told::error));
            statement.setArray(7, array(connection, "text", told, Told::reason));
            statement.setLong(8, lease.toMillis());
            return statement.executeUpdate() == 1;
          }
        });
  }

  /// Ends it: what still waits comes out as this. Nothing happens where somebody else has it.
  ///
  /// @param outcome CANCELLED or REFUSED
  public void end(Taken taken, Outcome outcome, @Nullable String error, @Nullable String reason) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REST)) {
            key(statement, 1, taken);
            statement.setInt(4, outcome.code());
            statement.setString(5, error);
            statement.setString(6, reason);
            return statement.executeUpdate();
          }
        });
  }

  /// Lets go of it; it is due again after this time.
  public void again(Taken taken, Duration pause) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            statement.setLong(1, pause.toMillis());
            key(statement, 2, taken);
            return statement.executeUpdate();
          }
        });
  }

  /// Forgets those that ended long ago, and the oldest of a tenant that has too many.
  ///
  /// @param age since their end
  /// @param kept how many of a tenant stay
  /// @return how many are gone
  public int trim(Duration age, int kept) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TRIM)) {
            statement.setLong(1, age.toMillis());
            statement.setInt(2, kept);
            return statement.executeUpdate();
          }
        });
  }

  private static <T> Array array(
      Connection connection, String type, List<T> rows, Function<T, @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }

  private static void key(PreparedStatement statement, int at, Taken taken) throws SQLException {
    statement.setObject(at, taken.tenant().value());
    statement.setObject(at + 1, taken.id());
    statement.setObject(at + 2, taken.lease());
  }

  private static Taken read(ResultSet rows) throws SQLException {
    return new Taken(
        new TenantId(rows.getObject(1, UUID.class)),
        rows.getString(2),
        rows.getObject(3, UUID.class),
        Action.ofCode(rows.getInt(4)),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        rows.getObject(8, UUID.class));
  }
}
