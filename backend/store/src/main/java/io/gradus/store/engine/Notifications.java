package io.gradus.store.engine;

import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL's NOTIFY and LISTEN: hints that something is there to be read. They may be lost, so
/// whoever listens also looks by itself now and then.
public final class Notifications {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final int QUIET_MILLIS = 5_000;
  private static final long FIRST_PAUSE_NANOS = 50_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;

  private final Sessions sessions;

  /// Who is told. Called on one thread; what it throws is logged.
  public interface Listener {
    void notified(String channel, String payload);

    /// The connection is there, at first or again: notifications before it may have been missed.
    default void connected() {}
  }

  /// Where a connection of its own comes from, such as `Database::newEngineConnection`.
  @FunctionalInterface
  public interface ConnectionSource {
    Connection open() throws SQLException;
  }

  /// @param engine `Database.engine()`
  public Notifications(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Notifies the channel's listeners. It takes a lock that all notifying commits share, so it is
  /// never part of a commit group.
  ///
  /// @param payload at most 7,999 bytes
  public void send(String channel, String payload) {
    sessions.call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, channel);
            statement.setString(2, payload);
            return statement.execute();
          }
        });
  }

  /// Listens on a thread and a connection of its own, which it replaces when it is lost, until
  /// closed.
  public static Subscription listen(
      ConnectionSource source, List<String> channels, Listener listener) {
    return new Subscription(source, List.copyOf(channels), listener);
  }

  /// Somebody listens.
  public static final class Subscription implements AutoCloseable {
    private final ConnectionSource source;
    private final List<String> channels;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection current;

    private Subscription(ConnectionSource source, List<String> channels, Listener listener) {
      this.source = source;
      this.channels = channels;
      this.listener = listener;
      this.thread =
          Thread.ofPlatform().daemon().name("listener-" + channels.getFirst()).unstarted(this::run);
      this.thread.start();
    }

    private void run() {
      long pause = FIRST_PAUSE_NANOS;
      while (!closed) {
        try (Connection connection = source.open()) {
          current = connection;
          listen(connection);
          pause = FIRST_PAUSE_NANOS;
          tell(listener::connected);
          receive(connection);
        } catch (SQLException e) {
          if (!closed) {
            LOG.warn("Notifications pause until the database is back: {}", e.getMessage());
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
          }
        } finally {
          current = null;
        }
      }
    }

    private void listen(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String channel : channels) {
          statement.execute("listen " + statement.enquoteIdentifier(channel, true));
        }
      }
    }

    private void receive(Connection connection) throws SQLException {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (!closed) {
        PGNotification[] notifications = postgres.getNotifications(QUIET_MILLIS);
        if (notifications == null || notifications.length == 0) {
          // A connection that died without a word is found only by writing to it.
          try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
          }
          continue;
        }
        for (PGNotification notification : notifications) {
          tell(() -> listener.notified(notification.getName(), notification.getParameter()));
        }
      }
    }

    private static void tell(Runnable news) {
      try {
        news.run();
      } catch (RuntimeException | Error e) {
        LOG.warn("A listener failed at a notification; it is lost to it", e);
      }
    }

    @Override
    public void close() {
      closed = true;
      Connection connection = current;
      if (connection != null) {
        try {
          connection.abort(Runnable::run);
        } catch (SQLException e) {
          LOG.debug("The listening connection was gone already", e);
        }
      }
      LockSupport.unpark(thread);
    }
  }
}
