package io.gradus.runtime.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// A queue in which every owner (a tenant) has its turn: deficit round robin, weighed in bytes. An
/// owner's flood waits behind itself.
///
/// Not safe for threads; its user locks.
public final class TurnQueue<O, T> {
  /// What each owner may take per round, in bytes.
  private static final long QUANTUM = 64 * 1_024;

  /// An owner with more waiting than this, or more than its turn in bytes, has a flood.
  private static final int FLOOD = 32;

  private final Map<O, Lane<O, T>> lanes = new HashMap<>();
  private final ArrayDeque<Lane<O, T>> turns = new ArrayDeque<>();
  private int floods;
  private int size;
  private long weight;

  private record Item<T>(T value, long weight) {}

  private static final class Lane<O, T> {
    final O owner;
    final ArrayDeque<Item<T>> items = new ArrayDeque<>();
    long deficit;
    long weight;

    Lane(O owner) {
      this.owner = owner;
    }

    boolean isFlood() {
      return items.size() > FLOOD || weight > QUANTUM;
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
    boolean wasFlood = lane.isFlood();
    lane.items.addLast(new Item<>(value, weight));
    lane.weight += weight;
    floods += !wasFlood && lane.isFlood() ? 1 : 0;
    size++;
    this.weight += weight;
  }

  /// Takes what the owners' turns give, up to both limits; at least one where there is any.
  public List<T> take(int maxItems, long maxWeight) {
    return take(maxItems, maxWeight, _ -> true);
  }

  /// The same, from the floods alone.
  public List<T> takeFloods(int maxItems, long maxWeight) {
    return take(maxItems, maxWeight, Lane::isFlood);
  }

  /// The same, from the owners that have little waiting.
  ///
  /// @param but none of these
  public List<T> takeLittle(int maxItems, long maxWeight, Set<O> but) {
    return take(maxItems, maxWeight, lane -> !lane.isFlood() && !but.contains(lane.owner));
  }

  /// Whether there is a flood, and somebody else who has little waiting.
  public boolean isMixed() {
    return floods > 0 && floods < lanes.size();
  }

  /// Owners that have a flood waiting.
  public int floods() {
    return floods;
  }

  /// Whether the owner has something waiting, and little.
  public boolean isLittle(O owner) {
    Lane<O, T> lane = lanes.get(owner);
    return lane != null && !lane.isFlood();
  }

  /// Whether somebody has little waiting.
  ///
  /// @param but none of these
  public boolean hasLittle(Set<O> but) {
    for (Lane<O, T> lane : turns) {
      if (!lane.isFlood() && !but.contains(lane.owner)) {
        return true; // soon: at most the floods and those left out go before it
      }
    }
    return false;
  }

  private List<T> take(int maxItems, long maxWeight, Predicate<Lane<O, T>> whose) {
    List<T> taken = new ArrayList<>(Math.min(size, maxItems));
    long takenWeight = 0;
    int passedOver = 0;
    while (passedOver < turns.size() && taken.size() < maxItems) {
      Lane<O, T> lane = turns.removeFirst();
      if (!whose.test(lane)) {
        turns.addLast(lane);
        passedOver++;
        continue;
      }
      passedOver = 0;
      boolean wasFlood = lane.isFlood();
      lane.deficit += QUANTUM;
      while (!lane.items.isEmpty() && taken.size() < maxItems) {
        Item<T> next = lane.items.getFirst();
        boolean full = !taken.isEmpty() && takenWeight + next.weight > maxWeight;
        if (full) {
          // Its turn is not over: it goes first next time, with what it has saved.
          lane.deficit -= QUANTUM;
          turns.addFirst(lane);
          floods -= wasFlood && !lane.isFlood() ? 1 : 0;
          return taken;
        }
        if (next.weight > lane.deficit) {
          break;
        }
        lane.items.removeFirst();
        lane.deficit -= next.weight;
        lane.weight -= next.weight;
        takenWeight += next.weight;
        weight -= next.weight;
        size--;
        taken.add(next.value);
      }
      floods -= wasFlood && !lane.isFlood() ? 1 : 0;
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
