package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions that call functions. A built-in one checks what it is handed, as it does when it
/// is called by name.
final class HigherOrder {
  private HigherOrder() {}

  static @Nullable Object apply(@Nullable Object function, List<?> arguments) {
    try {
      return function instanceof JFunction builtin
          ? builtin.call(null, (List<?>) builtin.validate(arguments, null))
          : Functions.funcApply(function, arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object apply(
      @Nullable Object function, @Nullable Object value, @Nullable Object key, Object all) {
    return apply(function, Functions.hofFuncArgs(function, value, key, all));
  }

  private static boolean holds(@Nullable Object value) {
    return Boolean.TRUE.equals(Functions.toBoolean(value));
  }

  static @Nullable Object map(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> items)) {
      return null;
    }
    List<Object> mapped = Utils.createSequence();
    for (int i = 0; i < items.size(); i++) {
      Object value = apply(arguments.get(1), items.get(i), i, items);
      if (value != null) {
        mapped.add(value);
      }
    }
    return mapped;
  }

  static @Nullable Object filter(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> items)) {
      return null;
    }
    List<Object> kept = Utils.createSequence();
    for (int i = 0; i < items.size(); i++) {
      if (holds(apply(arguments.get(1), items.get(i), i, items))) {
        kept.add(items.get(i));
      }
    }
    return kept;
  }

  static @Nullable Object single(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> items)) {
      return null;
    }
    List<@Nullable Object> found = new ArrayList<>();
    Object function = Arguments.optional(arguments, 1);
    for (int i = 0; i < items.size(); i++) {
      if (function == null || holds(apply(function, items.get(i), i, items))) {
        found.add(items.get(i));
      }
      if (found.size() > 1) {
        throw new JException("D3138", -1);
      }
    }
    if (found.isEmpty()) {
      throw new JException("D3139", -1);
    }
    return found.getFirst();
  }

  static @Nullable Object reduce(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> items)) {
      return null;
    }
    Object function = arguments.get(1);
    int arity = Functions.getFunctionArity(function);
    if (arity < 2) {
      throw new JException("D3050", -1, 1);
    }
    Object result = Arguments.optional(arguments, 2);
    int from = 0;
    if (result == null && !items.isEmpty()) {
      result = items.getFirst();
      from = 1;
    }
    for (int i = from; i < items.size(); i++) {
      List<@Nullable Object> handed = new ArrayList<>();
      handed.add(result);
      handed.add(items.get(i));
      if (arity >= 3) {
        handed.add(i);
      }
      if (arity >= 4) {
        handed.add(items);
      }
      result = apply(function, handed);
    }
    return result;
  }

  static @Nullable Object sift(List<?> arguments) {
    if (!(arguments.get(0) instanceof Map<?, ?> members)) {
      return null;
    }
    Map<Object, @Nullable Object> kept = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          if (holds(apply(Arguments.optional(arguments, 1), value, key, members))) {
            kept.put(key, value);
          }
        });
    return kept.isEmpty() ? null : kept;
  }

  static @Nullable Object each(List<?> arguments) {
    if (!(arguments.get(0) instanceof Map<?, ?> members)) {
      return null;
    }
    List<Object> values = Utils.createSequence();
    members.forEach(
        (key, value) -> {
          Object made = apply(Arguments.optional(arguments, 1), value, key, members);
          if (made != null) {
            values.add(made);
          }
        });
    return values;
  }

  /// A merge sort, stable; its comparator says whether the left one belongs after the right one.
  static @Nullable Object sort(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> items)) {
      return null;
    }
    if (items.size() <= 1) {
      return items;
    }
    Object function = Arguments.optional(arguments, 1);
    if (function != null) {
      return sorted(items, (l, r) -> holds(apply(function, List.of(l, r))));
    }
    if (items.stream().allMatch(Number.class::isInstance)) {
      return sorted(items, (l, r) -> ((Number) l).doubleValue() > ((Number) r).doubleValue());
    }
    if (items.stream().allMatch(String.class::isInstance)) {
      return sorted(items, (l, r) -> ((String) l).compareTo((String) r) > 0);
    }
    throw new JException("D3070", -1);
  }

  private interface After {
    boolean test(Object left, Object right);
  }

  private static List<Object> sorted(List<?> items, After after) {
    if (items.size() <= 1) {
      return new ArrayList<>(items);
    }
    int middle = items.size() / 2;
    List<Object> left = sorted(items.subList(0, middle), after);
    List<Object> right = sorted(items.subList(middle, items.size()), after);
    Evaluation.current().budget().spend(items.size());
    List<Object> merged = new ArrayList<>(items.size());
    int l = 0;
    int r = 0;
    while (l < left.size() && r < right.size()) {
      merged.add(after.test(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
    }
    merged.addAll(left.subList(l, left.size()));
    merged.addAll(right.subList(r, right.size()));
    return merged;
  }
}
