package io.gradus.runtime.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A queue in which every owner (a tenant) has its turn: deficit round robin, weighed in bytes. An
/// owner's flood waits behind itself.
///
/// Not safe for threads; its user locks.
public final class TurnQueue<O, T> {
  /// What each owner may take per round, in bytes.
  private static final long QUANTUM = 64 * 1_024;

  private final Map<O, Lane<O, T>> lanes = new HashMap<>();
  private final ArrayDeque<Lane<O, T>> turns = new ArrayDeque<>();
  private int size;
  private long weight;

  private record Item<T>(T value, long weight) {}

  private static final class Lane<O, T> {
    final O owner;
    final ArrayDeque<Item<T>> items = new ArrayDeque<>();
    long deficit;

    Lane(O owner) {
      this.owner = owner;
    }
  }

  /// @param weight in bytes, positive
  public void add(O owner, T value, long weight) {
    Lane<O, T> lane = lanes.get(owner);
    if (lane == null) {
      lane = new Lane<>(owner);
      lanes.put(owner, lane);
      turns.addLast(lane);
    }
    lane.items.addLast(new Item<>(value, weight));
    size++;
    this.weight += weight;
  }

  /// Takes what the owners' turns give, up to both limits; at least one where there is any.
  public List<T> take(int maxItems, long maxWeight) {
    List<T> taken = new ArrayList<>(Math.min(size, maxItems));
    long takenWeight = 0;
    while (size > 0 && taken.size() < maxItems) {
      Lane<O, T> lane = turns.removeFirst();
      lane.deficit += QUANTUM;
      while (!lane.items.isEmpty() && taken.size() < maxItems) {
        Item<T> next = lane.items.getFirst();
        boolean full = !taken.isEmpty() && takenWeight + next.weight > maxWeight;
        if (full) {
          // Its turn is not over: it goes first next time, with what it has saved.
          lane.deficit -= QUANTUM;
          turns.addFirst(lane);
          return taken;
        }
        if (next.weight > lane.deficit) {
          break;
        }
        lane.items.removeFirst();
        lane.deficit -= next.weight;
        takenWeight += next.weight;
        weight -= next.weight;
        size--;
        taken.add(next.value);
      }
      if (lane.items.isEmpty()) {
        lanes.remove(lane.owner);
      } else {
        turns.addLast(lane);
      }
    }
    return taken;
  }

  public int size() {
    return size;
  }

  /// Owners that have something waiting.
  public int owners() {
    return lanes.size();
  }

  /// The sum of what waits, in bytes.
  public long weight() {
    return weight;
  }

  public boolean isEmpty() {
    return size == 0;
  }
}
