package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Utils.RangeList;
import io.gradus.asl.expr.jsonata.Views.ArrayView;
import io.gradus.asl.expr.jsonata.Views.ObjectView;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much a value is when it is written out. A value that holds another one a thousand times is a
/// thousand times as heavy, though it takes little memory: the functions that walk values would pay
/// for it.
final class Weights {
  /// The heaviest value an expression may make.
  static final int MAX = 1_000_000;

  private static final int CHARACTERS_PER_UNIT = 32;

  private final Map<Object, Integer> known = new IdentityHashMap<>();

  static int of(String text) {
    return 1 + text.length() / CHARACTERS_PER_UNIT;
  }

  /// @throws Breach where the value is heavier than [#MAX]
  int weigh(@Nullable Object value, Budget budget) {
    return switch (value) {
      case null -> 1;
      case String text -> checked(of(text));
      case ObjectView view -> view.weight();
      case ArrayView view -> view.weight();
      case RangeList range -> checked(range.size());
      case List<?> list -> remembered(list, list, budget);
      case Map<?, ?> map -> remembered(map, map.values(), budget);
      default -> 1;
    };
  }

  private int remembered(Object container, Iterable<?> items, Budget budget) {
    Integer before = known.get(container);
    if (before != null) {
      return before;
    }
    int total = 1;
    for (Object item : items) {
      budget.spend(1);
      total = checked((long) total + weigh(item, budget));
    }
    known.put(container, total);
    return total;
  }

  private static int checked(long weight) {
    if (weight > MAX) {
      throw new Breach("The expression makes a value that is too large");
    }
    return (int) weight;
  }
}
