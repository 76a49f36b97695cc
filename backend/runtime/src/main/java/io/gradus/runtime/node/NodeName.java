package io.gradus.runtime.node;

import io.gradus.store.Database;
import io.gradus.store.engine.Nodes;
import io.gradus.store.jdbc.DatabaseFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's name, locked while it runs: whoever has the lock knows that the former process of that
/// name has ended.
final class NodeName {
  private static final Logger LOG = LoggerFactory.getLogger(NodeName.class);

  /// How long the connection of a killed process may hold its name.
  private static final Duration WAIT = Duration.ofSeconds(3);

  private static final long PAUSE_NANOS = 50_000_000L;

  private NodeName() {}

  /// Null when another process has the name: then leases alone decide who is gone.
  static Nodes.@Nullable NameLock lock(Database database, String name) {
    long until = System.nanoTime() + WAIT.toNanos();
    while (true) {
      try {
        Optional<Nodes.NameLock> lock = Nodes.tryLock(database.newEngineConnection(), name);
        if (lock.isPresent()) {
          return lock.get();
        }
      } catch (SQLException e) {
        throw DatabaseFailure.unreachable(e);
      }
      if (System.nanoTime() > until) {
        LOG.warn(
            "Another node seems to run under the name {}; what it holds is taken over only when"
                + " its lease ends",
            name);
        return null;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
