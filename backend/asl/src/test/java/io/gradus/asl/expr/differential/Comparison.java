package io.gradus.asl.expr.differential;

import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Whether two answers to one expression are the same.
final class Comparison {
  /// The last digits of a power or a root are the machine's.
  private static final int ULPS = 2;

  private Comparison() {}

  static boolean same(Answer reference, Answer gradus) {
    if (reference instanceof Answer.NoNumber && !(gradus instanceof Answer.Value)) {
      return true; // JavaScript makes a null of it
    }
    return switch (gradus) {
      case Answer.Value(JsonNode value) ->
          reference instanceof Answer.Value(JsonNode expected) && equal(expected, value);
      case Answer.Failed failed ->
          reference instanceof Answer.Failed expected
              && Objects.equals(failed.code(), expected.code());
      case Answer.Nothing _ -> reference instanceof Answer.Nothing;
      case Answer.NotJson _ -> reference instanceof Answer.NotJson;
      case Answer.Bounded _, Answer.NoNumber _ -> false;
    };
  }

  /// As JSON: `1` is `1.0`, and members have no order.
  private static boolean equal(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      return x == y || Math.abs(x - y) <= ULPS * Math.ulp(x);
    }
    if (a.isArray() && b.isArray()) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!equal(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size()
          && a.properties().stream()
              .allMatch(
                  m ->
                      Optional.ofNullable(b.get(m.getKey()))
                          .filter(other -> equal(m.getValue(), other))
                          .isPresent());
    }
    return a.equals(b);
  }
}
