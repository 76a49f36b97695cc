package io.gradus.engine;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pcollections.TreePMap;

/// Which children of a Map Run there are of some kind, by their places: a bit for each, in words of
/// 64 that are there only where a bit is set. Thousands of places that lie near one another take as
/// many bytes as they are spread over bits, and so does another set that differs from this in one.
///
/// @param words by the place of their first bit over 64; none is zero
public record Places(TreePMap<Long, Long> words) {
  public static final Places NONE = new Places(TreePMap.empty());

  /// Those whose bits are set in words that were put together.
  ///
  /// @param words none of them zero
  public static Places of(SortedMap<Long, Long> words) {
    return words.isEmpty() ? NONE : new Places(TreePMap.fromSortedMap(words));
  }

  public boolean contains(long place) {
    return (word(place) & bit(place)) != 0;
  }

  /// How many there are.
  public int size() {
    return words.values().stream().mapToInt(Long::bitCount).sum();
  }

  public Places plus(long place) {
    return new Places(words.plus(key(place), word(place) | bit(place)));
  }

  public Places plusAll(Collection<Long> places) {
    SortedMap<Long, Long> more = new TreeMap<>();
    for (long place : places) {
      more.merge(key(place), bit(place), (a, b) -> a | b);
    }
    more.replaceAll((key, bits) -> bits | words.getOrDefault(key, 0L));
    return new Places(words.plusAll(more));
  }

  public Places minus(long place) {
    long left = word(place) & ~bit(place);
    return new Places(left == 0 ? words.minus(key(place)) : words.plus(key(place), left));
  }

  private long word(long place) {
    return words.getOrDefault(key(place), 0L);
  }

  private static long key(long place) {
    return Math.floorDiv(place, Long.SIZE);
  }

  private static long bit(long place) {
    return 1L << place;
  }
}
