package io.gradus.asl.expr;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A cache of compiled expressions. When it is full it starts again: the expressions in use come
/// back at the price of one compilation each, and reading needs no bookkeeping.
public final class BoundedCache<K, V> {
  private final int capacity;
  private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>();

  public BoundedCache(int capacity) {
    this.capacity = capacity;
  }

  public @Nullable V get(K key) {
    return entries.get(key);
  }

  /// Keeps the value and returns it.
  public V put(K key, V value) {
    if (entries.mappingCount() >= capacity) {
      entries.clear();
    }
    entries.put(key, value);
    return value;
  }
}
