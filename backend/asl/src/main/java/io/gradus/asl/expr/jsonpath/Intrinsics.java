package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.RandomSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The intrinsic functions of JSONPath states. A function refuses its arguments with a [Refusal].
final class Intrinsics {
  /// A function on evaluated arguments.
  @FunctionalInterface
  interface Function {
    JsonNode call(Arguments arguments, RandomSource random);
  }

  /// The arguments are not what the function takes.
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(reason, null, false, false);
    }
  }

  private static final Map<String, Function> ALL =
      Map.ofEntries(
          Map.entry("States.Array", (a, _) -> ArrayIntrinsics.array(a)),
          Map.entry("States.ArrayPartition", (a, _) -> ArrayIntrinsics.partition(a)),
          Map.entry("States.ArrayContains", (a, _) -> ArrayIntrinsics.contains(a)),
          Map.entry("States.ArrayRange", (a, _) -> ArrayIntrinsics.range(a)),
          Map.entry("States.ArrayGetItem", (a, _) -> ArrayIntrinsics.item(a)),
          Map.entry("States.ArrayLength", (a, _) -> ArrayIntrinsics.length(a)),
          Map.entry("States.ArrayUnique", (a, _) -> ArrayIntrinsics.unique(a)),
          Map.entry("States.Base64Encode", (a, _) -> TextIntrinsics.base64Encode(a)),
          Map.entry("States.Base64Decode", (a, _) -> TextIntrinsics.base64Decode(a)),
          Map.entry("States.Hash", (a, _) -> TextIntrinsics.hash(a)),
          Map.entry("States.JsonMerge", (a, _) -> JsonIntrinsics.merge(a)),
          Map.entry("States.StringToJson", (a, _) -> JsonIntrinsics.parse(a)),
          Map.entry("States.JsonToString", (a, _) -> JsonIntrinsics.print(a)),
          Map.entry("States.MathRandom", MathIntrinsics::random),
          Map.entry("States.MathAdd", (a, _) -> MathIntrinsics.add(a)),
          Map.entry("States.StringSplit", (a, _) -> TextIntrinsics.split(a)),
          Map.entry("States.Format", (a, _) -> TextIntrinsics.format(a)),
          Map.entry("States.UUID", MathIntrinsics::uuid));

  private Intrinsics() {}

  static boolean isKnown(String name) {
    return ALL.containsKey(name);
  }

  /// @throws Refusal with the reason
  static JsonNode call(String name, List<JsonNode> arguments, RandomSource random) {
    Function function = ALL.get(name);
    if (function == null) {
      throw new Refusal("The function '" + name + "' does not exist");
    }
    return function.call(new Arguments(name, arguments), random);
  }
}
