package io.gradus.integrations.aws.items;

import io.gradus.engine.port.ItemReader.Item;
import io.gradus.engine.port.ItemReader.Query;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sources between two pages, so that the next one goes on where the last one ended and need not
/// fetch or unpack anything twice. What is not asked for soon is closed: its cursor leads there
/// again.
final class OpenSources implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  /// Of all together, roughly.
  private static final long MAX_WEIGHT = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 8);

  private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();
  private long weight;
  private boolean closed;

  /// @param ahead an item that was read already; null for none
  record Open(Located source, @Nullable Item ahead) {}

  private record Kept(Open open, int weight, long since) {}

  /// Takes what was kept for a query with this cursor; null where there is nothing.
  synchronized @Nullable Open take(Query query, byte[] cursor) {
    Kept found = kept.remove(key(query, cursor));
    if (found == null) {
      return null;
    }
    weight -= found.weight();
    return found.open();
  }

  /// Keeps what a query with this cursor will go on with.
  void keep(Query query, byte[] cursor, Open open) {
    String key = key(query, cursor);
    int heavy = open.source().weight();
    synchronized (this) {
      if (!closed) {
        Kept before = kept.put(key, new Kept(open, heavy, System.nanoTime()));
        weight += heavy;
        if (before != null) {
          drop(before);
        }
        Iterator<Map.Entry<String, Kept>> eldest = kept.entrySet().iterator();
        while (weight > MAX_WEIGHT && eldest.hasNext()) {
          Kept old = eldest.next().getValue();
          eldest.remove();
          drop(old);
        }
        later().execute(this::sweep);
        return;
      }
    }
    open.source().close();
  }

  private static Executor later() {
    return CompletableFuture.delayedExecutor(
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        task -> Thread.ofVirtual().name("item-sources").start(task));
  }

  private synchronized void sweep() {
    long now = System.nanoTime();
    Iterator<Kept> all = kept.values().iterator();
    while (all.hasNext()) {
      Kept each = all.next();
      if (now - each.since() < IDLE.toNanos()) {
        return; // the eldest come first
      }
      all.remove();
      drop(each);
    }
  }

  private void drop(Kept old) {
    weight -= old.weight();
    old.open().source().close();
  }

  private static String key(Query query, byte[] cursor) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object part :
          new Object[] {
            query.execution().tenant().value(),
            query.execution().id(),
            query.resource(),
            query.config(),
            query.arguments()
          }) {
        digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(cursor));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 to be there", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    kept.values().forEach(each -> each.open().source().close());
    kept.clear();
    weight = 0;
  }
}
