package io.gradus.asl.expr.differential;

import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A generated expression and its input.
///
/// @param seed what makes it again
record Generated(long seed, String expression, JsonNode input) {
  static Generated of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    JsonNode input = Inputs.of(random);
    return new Generated(seed, Expressions.of(random), input);
  }

  /// As the reference reads it.
  String line() {
    ObjectNode line = Answer.JSON.createObjectNode();
    line.put("e", expression);
    line.set("i", input);
    line.set("x", Answer.CONTEXT);
    return line.toString();
  }
}
