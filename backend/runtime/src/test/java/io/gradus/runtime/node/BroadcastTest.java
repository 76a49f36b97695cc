package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.Database;
import io.gradus.store.engine.Notifications;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How often those who watch are told.
@Timeout(120)
class BroadcastTest {
  private static final int MOVES = 4_000;

  @Test
  void manyMovesAreToldOfTogetherWhereOtherNodesAreThere() throws Exception {
    BlockingQueue<Set<ExecutionKey>> told = new LinkedBlockingQueue<>();
    try (TestDatabase server = new TestDatabase();
        Database database = server.open();
        Broadcast broadcast = broadcast(database);
        AutoCloseable _ = broadcast.listen(told::add)) {
      broadcast.start();
      assertThat(told.poll(60, TimeUnit.SECONDS)).as("told that it listens").isEmpty();
      Set<ExecutionKey> moved = new HashSet<>();
      long from = System.nanoTime();
      for (int i = 0; i < MOVES; i++) {
        var key = new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(7, i));
        moved.add(key);
        broadcast.moved(key);
        LockSupport.parkNanos(50_000);
      }
      int times = 0;
      Set<ExecutionKey> heard = new HashSet<>();
      while (heard.size() < MOVES) {
        Set<ExecutionKey> keys = told.poll(60, TimeUnit.SECONDS);
        assertThat(keys).isNotNull();
        heard.addAll(keys);
        times++;
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
      assertThat(heard).isEqualTo(moved);
      // Each time they were gathered for five milliseconds. Where each woke whoever tells of them,
      // there were thousands of times.
      assertThat(times).isLessThanOrEqualTo(2 * (int) (millis / 5) + 10);
    }
  }

  @Test
  void aListenerThatBreaksDoesNotSilenceTheNode() throws Exception {
    BlockingQueue<Set<ExecutionKey>> told = new LinkedBlockingQueue<>();
    try (TestDatabase server = new TestDatabase();
        Database database = server.open();
        Broadcast broadcast = broadcast(database);
        AutoCloseable _ =
            broadcast.listen(
                _ -> {
                  throw new NoClassDefFoundError("on purpose");
                });
        AutoCloseable _ = broadcast.listen(told::add)) {
      broadcast.start();
      assertThat(told.poll(60, TimeUnit.SECONDS)).as("told that it listens").isEmpty();
      for (int i = 0; i < 3; i++) {
        var key = new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(7, i));
        broadcast.moved(key);
        assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(key);
      }
    }
  }

  /// Of a node that is not alone.
  private static Broadcast broadcast(Database database) {
    return new Broadcast(
        new Notifications(database.engine()),
        database::newEngineConnection,
        () -> false,
        new DeafNode());
  }

  private static final class DeafNode implements Broadcast.Hearer {
    @Override
    public void inbox() {}

    @Override
    public void slot() {}

    @Override
    public void activity(String tenantAndActivity) {}

    @Override
    public void given(int incarnation, Set<ExecutionKey> keys) {}
  }
}
