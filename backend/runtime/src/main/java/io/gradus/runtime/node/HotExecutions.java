package io.gradus.runtime.node;

import io.gradus.engine.ExecutionKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The executions that this node holds in memory, bounded in bytes.
final class HotExecutions {
  private static final long SET_ASIDE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int MAX_SET_ASIDE = 10_000;

  private final ConcurrentHashMap<ExecutionKey, HotExecution> byKey = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ExecutionKey, Long> setAside = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long maxBytes;

  HotExecutions(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Nullable HotExecution find(ExecutionKey key) {
    return byKey.get(key);
  }

  /// The one that is there now: `hot`, or an earlier one of the same key.
  HotExecution putIfAbsent(HotExecution hot) {
    HotExecution earlier = byKey.putIfAbsent(hot.key(), hot);
    if (earlier == null) {
      bytes.addAndGet(hot.recount(true));
    }
    return earlier == null ? hot : earlier;
  }

  void remove(HotExecution hot) {
    if (byKey.remove(hot.key(), hot)) {
      bytes.addAndGet(hot.recount(false));
    }
  }

  /// Takes one out that cannot be moved. Only a client that asks for it brings it back for some
  /// minutes: to try again at once would only repeat what failed, and its calls with it.
  void setAside(HotExecution hot) {
    remove(hot);
    if (setAside.size() >= MAX_SET_ASIDE) {
      setAside.clear();
    }
    setAside.put(hot.key(), System.nanoTime() + SET_ASIDE_NANOS);
  }

  boolean isSetAside(ExecutionKey key) {
    Long until = setAside.get(key);
    if (until == null || until - System.nanoTime() > 0) {
      return until != null;
    }
    setAside.remove(key, until);
    return false;
  }

  /// Its size may have changed.
  void grown(HotExecution hot) {
    if (byKey.get(hot.key()) == hot) {
      bytes.addAndGet(hot.recount(true));
    }
  }

  Collection<HotExecution> all() {
    return byKey.values();
  }

  int size() {
    return byKey.size();
  }

  long bytes() {
    return bytes.get();
  }

  /// Whether no more executions should be taken in.
  boolean isFull() {
    return bytes.get() > maxBytes;
  }

  /// Whether those that can leave should, to make room.
  boolean isCrowded() {
    return bytes.get() > maxBytes / 4 * 3;
  }

  /// Those that were used least recently.
  List<HotExecution> leastUsed(int max, Predicate<HotExecution> which) {
    record Seen(HotExecution hot, long usedAt) {}
    return byKey.values().stream()
        .filter(which)
        .map(hot -> new Seen(hot, hot.usedAtNanos()))
        .sorted(Comparator.comparingLong(Seen::usedAt))
        .limit(max)
        .map(Seen::hot)
        .toList();
  }
}
