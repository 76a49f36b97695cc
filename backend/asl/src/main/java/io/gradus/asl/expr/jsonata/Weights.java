package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils.RangeList;
import io.gradus.asl.expr.jsonata.Views.ArrayView;
import io.gradus.asl.expr.jsonata.Views.ObjectView;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much a value is when it is written out. A value that holds another one a thousand times is a
/// thousand times as heavy, though it takes little memory: the functions that walk values would pay
/// for it.
final class Weights {
  /// The heaviest value an expression may make: AWS takes a range of 873,782 numbers and refuses
  /// one more, and refuses a text of eight times as many characters.
  static final int MAX = 873_782;

  private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();

  static int of(String text) {
    return text(text.length());
  }

  static int text(long characters) {
    return checked(1 + characters / Budget.CHARACTERS_PER_UNIT);
  }

  /// @throws Breach where the value is heavier than [#MAX]
  int weigh(@Nullable Object value, Budget budget) {
    return switch (value) {
      case null -> 1;
      case String text -> of(text);
      case ObjectView view -> view.weight();
      case ArrayView view -> view.weight();
      case RangeList range -> checked(range.size());
      case List<?> list -> remembered(list, list, budget);
      case Map<?, ?> map -> {
        restoreNulls(map);
        yield remembered(map, map.values(), budget);
      }
      default -> 1;
    };
  }

  private int remembered(Object container, Iterable<?> items, Budget budget) {
    Integer before = known.get(container);
    if (before != null) {
      return before;
    }
    long total = 0;
    for (Object item : items) {
      budget.spend(1);
      total = checked(total + weigh(item, budget));
    }
    known.put(container, (int) total + 1);
    return (int) total + 1;
  }

  /// A transformation works on a copy in which the library has lost the difference between null and
  /// undefined. No other value has undefined members.
  @SuppressWarnings("unchecked")
  private void restoreNulls(Map<?, ?> map) {
    if (!known.containsKey(map) && map instanceof LinkedHashMap && map.containsValue(null)) {
      ((Map<Object, @Nullable Object>) map)
          .replaceAll((_, value) -> value == null ? Jsonata.NULL_VALUE : value);
    }
  }

  static int checked(long weight) {
    if (weight > MAX) {
      throw Breach.memory();
    }
    return (int) weight;
  }
}
