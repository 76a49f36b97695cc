package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import io.gradus.asl.expr.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `$partition`, `$range`, `$shuffle`, `$distinct`, `$join`, `$zip`, `$spread`, `$lookup`, `$error`
/// and `$assert`.
final class ArrayFunctions {
  private ArrayFunctions() {}

  /// AWS makes no array of what is none, gives one chunk where no size is, nothing for a size of
  /// zero, and refuses one below.
  static @Nullable Object partition(List<?> arguments) {
    Object given = Arguments.optional(arguments, 0);
    if (given == null) {
      return null;
    }
    if (!(given instanceof List<?> items)) {
      throw Arguments.refusedItems("partition", 1, 'x');
    }
    long size =
        Arguments.optional(arguments, 1) instanceof Number n
            ? n.longValue()
            : Math.max(items.size(), 1);
    if (size < 0) {
      throw Arguments.refused("partition", 2);
    }
    if (size == 0) {
      return null;
    }
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); from = (int) Math.min(items.size(), from + size)) {
      chunks.add(new ArrayList<>(items.subList(from, (int) Math.min(items.size(), from + size))));
    }
    return chunks;
  }

  /// A sequence, so that a range of one number is that number. AWS leaves fractions out of account,
  /// and gives nothing where no step is left.
  static @Nullable Object range(List<?> arguments) {
    long first = Arguments.number(arguments, 0, "range").longValue();
    long last = Arguments.number(arguments, 1, "range").longValue();
    long step = Arguments.number(arguments, 2, "range").longValue();
    if (step == 0) {
      return null;
    }
    double count = Math.floor(((double) last - first) / step) + 1;
    Weights.checked((long) Math.min(count, Long.MAX_VALUE));
    List<Object> range = Utils.createSequence();
    for (int i = 0; i < count; i++) {
      range.add(Utils.convertNumber(first + i * step));
    }
    return range;
  }

  /// An array stays one where only one item is left; the library would make a sequence of it.
  static @Nullable Object distinct(List<?> arguments) {
    Object given = arguments.get(0);
    Object left = Functions.distinct(given);
    return Utils.isSequence(left) && !Utils.isSequence(given)
        ? new ArrayList<>((List<?>) left)
        : left;
  }

  static @Nullable Object join(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> texts)) {
      return null;
    }
    String separator = Arguments.optional(arguments, 1) instanceof String s ? s : "";
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(texts.get(i));
      Weights.text(joined.length());
    }
    return joined.toString();
  }

  static @Nullable Object shuffle(List<?> arguments) {
    if (!(arguments.get(0) instanceof List<?> items)) {
      return null;
    }
    RandomSource random = Evaluation.current().scope().random();
    List<Object> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, (int) (random.nextDouble() * (i + 1)));
    }
    return shuffled;
  }

  /// As long as the shortest.
  static Object zip(List<?> arguments) {
    int length = Integer.MAX_VALUE;
    for (Object argument : arguments) {
      length = Math.min(length, argument instanceof List<?> list ? list.size() : 0);
    }
    List<Object> zipped = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<@Nullable Object> tuple = new ArrayList<>();
      for (Object argument : arguments) {
        tuple.add(((List<?>) argument).get(i));
      }
      Evaluation.current().budget().spend(arguments.size());
      zipped.add(tuple);
    }
    return zipped;
  }

  /// An object for each member. The library copies what it has for every item of a list.
  static @Nullable Object spread(@Nullable Object value) {
    if (!(value instanceof List<?> || value instanceof Map<?, ?>)) {
      return value;
    }
    // What came of an array is an array, also when it is one thing; only a sequence is taken out.
    boolean array = value instanceof List<?> items && !items.isEmpty();
    List<Object> spread = array ? new ArrayList<>() : Utils.createSequence();
    spreadInto(spread, value);
    return spread;
  }

  private static void spreadInto(List<Object> spread, @Nullable Object value) {
    Evaluation.current().budget().spend(1);
    switch (value) {
      case null -> {}
      case List<?> items -> items.forEach(item -> spreadInto(spread, item));
      case Map<?, ?> members ->
          members.forEach(
              (name, member) -> {
                Map<Object, @Nullable Object> single = new LinkedHashMap<>();
                single.put(name, member);
                spread.add(single);
              });
      default -> spread.add(value);
    }
  }

  static @Nullable Object lookup(List<?> arguments) {
    return Arguments.optional(arguments, 1) instanceof String name
        ? Functions.lookup(arguments.get(0), name)
        : null;
  }

  static Object error(List<?> arguments) {
    Object message = Arguments.optional(arguments, 0);
    throw new JException("D3137", -1, message == null ? "$error() function evaluated" : message);
  }

  static @Nullable Object assertThat(List<?> arguments) {
    if (!Boolean.TRUE.equals(Arguments.optional(arguments, 0))) {
      Object message = Arguments.optional(arguments, 1);
      throw new JException("D3141", -1, message == null ? "$assert() statement failed" : message);
    }
    return null;
  }
}
