package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Who has an execution in memory. To take one is to raise its version: that alone refuses whatever
/// a former owner still sends.
public final class ExecutionClaims {
  private static final String CLAIM_PARKED =
      """
      update execution e set owner = ?, version = e.version + 1
      from unnest(?::uuid[], ?::uuid[]) g(tenant_id, id)
      where e.tenant_id = g.tenant_id and e.id = g.id and e.owner = 0 and e.status in (0, 5)
      returning e.tenant_id, e.id""";

  private static final String TAKE_OVER =
      """
      with c as (
        select tenant_id, id from execution where owner = ? and status = 0
        order by tenant_id, id limit ? for update skip locked)
      update execution e set owner = ?, version = e.version + 1
      from c where e.tenant_id = c.tenant_id and e.id = c.id
      returning e.tenant_id, e.id""";

  private static final String RELEASE =
      """
      update execution e set owner = 0, version = e.version + 1
      from unnest(?::uuid[], ?::uuid[]) g(tenant_id, id)
      where e.tenant_id = g.tenant_id and e.id = g.id and e.owner = ?
      returning e.tenant_id, e.id""";

  private static final String STANDING =
      """
      select e.tenant_id, e.id, e.version, e.owner, e.moved_by
      from unnest(?::uuid[], ?::uuid[]) g(tenant_id, id)
      join execution e on e.tenant_id = g.tenant_id and e.id = g.id""";

  private static final String ENDED =
      """
      select status, stopped_at from execution
      where tenant_id = ? and id = ? and stopped_at is not null""";

  private static final String OPEN =
      "select count(*) from execution where owner = ? and status = 0";

  private static final String OWNED =
      """
      select tenant_id, id from execution
      where owner = ? and status = 0 and (tenant_id, id) > (?, ?)
      order by tenant_id, id limit ?""";

  private static final ExecutionKey FIRST =
      new ExecutionKey(new TenantId(new UUID(0, 0)), new UUID(0, 0));

  private final Sessions sessions;

  /// Where an execution stands.
  public record Standing(long version, int owner, long movedBy) {}

  /// How an execution ended.
  public record Ended(ExecutionStatus status, Instant stoppedAt) {}

  /// @param engine `Database.engine()`
  public ExecutionClaims(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Takes those that nobody has and that are not over.
  ///
  /// @return the keys of those taken
  public List<ExecutionKey> claimParked(Collection<ExecutionKey> keys, int me) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CLAIM_PARKED)) {
            statement.setInt(1, me);
            new KeyArrays(keys).bind(connection, statement, 2);
            return keys(statement);
          }
        });
  }

  /// Takes open executions of an incarnation that has lost its lease; to be repeated until none
  /// come, and now and then after that.
  ///
  /// @param limit at most so many, engine.md has 500
  public List<ExecutionKey> takeOver(int dead, int me, int limit) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TAKE_OVER)) {
            statement.setInt(1, dead);
            statement.setInt(2, limit);
            statement.setInt(3, me);
            return keys(statement);
          }
        });
  }

  /// Parks executions of this incarnation: from now on only a row wakes them.
  public List<ExecutionKey> release(Collection<ExecutionKey> keys, int me) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setInt(new KeyArrays(keys).bind(connection, statement, 1), me);
            return keys(statement);
          }
        });
  }

  /// Where these executions stand; those that do not exist are left out.
  public Map<ExecutionKey, Standing> standing(Collection<ExecutionKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return sessions.call(
        connection -> {
          Map<ExecutionKey, Standing> found = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(STANDING)) {
            new KeyArrays(keys).bind(connection, statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found.put(
                    KeyArrays.read(rows),
                    new Standing(rows.getLong(3), rows.getInt(4), rows.getLong(5)));
              }
            }
          }
          return found;
        });
  }

  /// When an execution ended and how; empty while it runs, and where there is none.
  public Optional<Ended> ended(ExecutionKey key) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
            KeyArrays.bind(statement, 1, key);
            Optional<Ended> found;
            try (ResultSet rows = statement.executeQuery()) {
              found =
                  rows.next()
                      ? Optional.of(
                          new Ended(
                              ExecutionStatus.ofCode(rows.getInt(1)), KeyArrays.instant(rows, 2)))
                      : Optional.empty();
            }
            if (found.isPresent()) {
              Standbys.awaitAll(connection);
            }
            return found;
          }
        });
  }

  /// The open executions of an incarnation, a page at a time.
  ///
  /// @param after the last key of the page before, null for the first
  public List<ExecutionKey> owned(int owner, @Nullable ExecutionKey after, int limit) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OWNED)) {
            statement.setInt(1, owner);
            int index = KeyArrays.bind(statement, 2, after == null ? FIRST : after);
            statement.setInt(index, limit);
            return keys(statement);
          }
        });
  }

  /// How many open executions an incarnation has; 0 counts those that are parked.
  public long countOpen(int owner) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setInt(1, owner);
            try (ResultSet rows = statement.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }

  private static List<ExecutionKey> keys(PreparedStatement statement) throws SQLException {
    List<ExecutionKey> keys = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(KeyArrays.read(rows));
      }
    }
    return keys;
  }
}
