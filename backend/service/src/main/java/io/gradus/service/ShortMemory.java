package io.gradus.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Remembers what was read a moment ago, so that the hot path does not ask the database.
///
/// What another node changes is seen when an entry's time is over; what this node changes it
/// forgets at once. That something is not there is not remembered: an unknown key costs its asker a
/// lookup and nobody memory. Safe for many threads.
public final class ShortMemory<K, V> {
  private record Entry<V>(V value, long until) {}

  private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final int capacity;
  private final long lifeNanos;

  /// Remembers at most so many entries for so long.
  public ShortMemory(int capacity, Duration life) {
    this.capacity = capacity;
    this.lifeNanos = life.toNanos();
  }

  /// The value, read anew where it is not remembered.
  public Optional<V> get(K key, Function<K, Optional<V>> read) {
    long now = System.nanoTime();
    Entry<V> entry = entries.get(key);
    if (entry != null && entry.until - now > 0) {
      return Optional.of(entry.value);
    }
    Optional<V> value = read.apply(key);
    if (value.isEmpty()) {
      entries.remove(key);
      return value;
    }
    if (entries.size() >= capacity) {
      // Crude, but bounded and rare: the living entries come back with their next use.
      entries.clear();
    }
    entries.put(key, new Entry<>(value.get(), now + lifeNanos));
    return value;
  }

  /// Forgets the value.
  public void forget(K key) {
    entries.remove(key);
  }
}
