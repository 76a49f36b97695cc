package io.gradus.store.engine;

import io.gradus.store.jdbc.DatabaseFailure;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The nodes' incarnations and their leases, in database time.
public final class Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

  private static final String REGISTER =
      """
      insert into node (name, lease_until, started_at, moves)
      values (?, clock_timestamp() + ? * interval '1 millisecond', clock_timestamp(), ?)
      returning incarnation, clock_timestamp()""";

  private static final String RENEW =
      """
      update node set lease_until = clock_timestamp() + ? * interval '1 millisecond'
      where incarnation = ? and lease_until > clock_timestamp()
      returning clock_timestamp()""";

  private static final String EXPIRE =
      "update node set lease_until = clock_timestamp() where incarnation = ?"
          + " and lease_until > clock_timestamp()";

  private static final String EXPIRE_NAMED =
      "update node set lease_until = clock_timestamp() where name = ? and incarnation <> ?"
          + " and lease_until > clock_timestamp()";

  private static final String LIST =
      "select incarnation, name, started_at, lease_until, lease_until > clock_timestamp(), moves"
          + " from node order by incarnation";

  private static final String DEAD_OWNERS =
      """
      select n.incarnation from node n
      where n.lease_until <= clock_timestamp()
        and (select true from execution e where e.owner = n.incarnation and e.status = 0 limit 1)
      order by n.incarnation""";

  private static final String FORGET =
      """
      delete from node n
      where n.lease_until < clock_timestamp() - ? * interval '1 millisecond'
        and (select true from execution e
          where e.owner = n.incarnation and e.status = 0 limit 1) is null""";

  private final Sessions sessions;

  /// A new incarnation.
  ///
  /// @param at database time, at the moment of the answer
  public record Registered(int incarnation, Instant at) {}

  /// An incarnation that was registered.
  ///
  /// @param moves whether executions stay in its memory; otherwise it only answers calls
  public record Node(
      int incarnation,
      String name,
      Instant startedAt,
      Instant leaseUntil,
      boolean alive,
      boolean moves) {}

  /// @param engine `Database.engine()`
  public Nodes(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Takes a new incarnation, with a lease from now.
  ///
  /// @param moves whether executions stay in its memory
  public Registered register(String name, Duration lease, boolean moves) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            statement.setString(1, name);
            statement.setLong(2, lease.toMillis());
            statement.setBoolean(3, moves);
            try (ResultSet rows = statement.executeQuery()) {
              rows.next();
              return new Registered(rows.getInt(1), KeyArrays.instant(rows, 2));
            }
          }
        });
  }

  /// Extends a lease that is still valid.
  ///
  /// @return database time; empty when it had ended, and another may have taken over
  public Optional<Instant> renew(int incarnation, Duration lease) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, lease.toMillis());
            statement.setInt(2, incarnation);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(KeyArrays.instant(rows, 1)) : Optional.empty();
            }
          }
        });
  }

  /// Ends a lease now; its executions may be taken over at once.
  public void expire(int incarnation) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            statement.setInt(1, incarnation);
            return statement.executeUpdate();
          }
        });
  }

  /// Ends the leases of a node's former incarnations. Only whoever holds the name's lock
  /// ([#tryLock]) knows that they are gone.
  ///
  /// @return how many were still valid
  public int expireOthers(String name, int but) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXPIRE_NAMED)) {
            statement.setString(1, name);
            statement.setInt(2, but);
            return statement.executeUpdate();
          }
        });
  }

  /// All incarnations that are not forgotten, alive and dead.
  public List<Node> list() {
    return sessions.call(
        connection -> {
          List<Node> nodes = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(LIST);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              nodes.add(
                  new Node(
                      rows.getInt(1),
                      rows.getString(2),
                      KeyArrays.instant(rows, 3),
                      KeyArrays.instant(rows, 4),
                      rows.getBoolean(5),
                      rows.getBoolean(6)));
            }
          }
          return nodes;
        });
  }

  /// Dead incarnations that still have open executions.
  public List<Integer> deadOwners() {
    return sessions.call(
        connection -> {
          List<Integer> dead = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(DEAD_OWNERS);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              dead.add(rows.getInt(1));
            }
          }
          return dead;
        });
  }

  /// Deletes incarnations that ended long ago and have nothing.
  public int forget(Duration deadFor) {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, deadFor.toMillis());
            return statement.executeUpdate();
          }
        });
  }

  /// Locks a node's name for as long as the connection lives: whoever has it knows that no other
  /// process of that name is connected.
  ///
  /// @param connection of its own; kept by the lock, closed where it is refused
  /// @return empty if another has it
  /// @throws DatabaseFailure if the database could not be asked
  public static Optional<NameLock> tryLock(Connection connection, String name) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select pg_try_advisory_lock(hashtextextended('gradus node ' || ?, 0))")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        if (rows.getBoolean(1)) {
          return Optional.of(new NameLock(connection));
        }
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  /// A node's name, held.
  public static final class NameLock implements AutoCloseable {
    private static final int VALID_SECONDS = 5;

    private final Connection connection;

    private NameLock(Connection connection) {
      this.connection = connection;
    }

    /// Whether it still is: it is lost with its connection.
    public boolean isHeld() {
      try {
        return connection.isValid(VALID_SECONDS);
      } catch (SQLException _) {
        return false;
      }
    }

    /// Lets it go. The lock is given back before the connection is closed, because the server hears
    /// of that in its own time.
    @Override
    public void close() {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("select pg_advisory_unlock_all()");
      } catch (SQLException e) {
        LOG.debug("A name's lock went with its connection: {}", e.getMessage());
      }
    }
  }
}
