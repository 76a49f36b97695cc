package io.gradus.asl.expr.jsonpath;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The evaluated arguments of an intrinsic call, asked for by what the function wants.
record Arguments(String function, List<JsonNode> values) {
  Arguments {
    values = List.copyOf(values);
  }

  /// Refuses another number of arguments.
  Arguments count(int from, int to) {
    if (values.size() < from || values.size() > to) {
      throw new Intrinsics.Refusal("Invalid number of arguments in " + function);
    }
    return this;
  }

  int size() {
    return values.size();
  }

  JsonNode any(int index) {
    return values.get(index);
  }

  JsonNode array(int index) {
    JsonNode value = values.get(index);
    if (!value.isArray()) {
      throw invalid();
    }
    return value;
  }

  JsonNode object(int index) {
    JsonNode value = values.get(index);
    if (!value.isObject()) {
      throw invalid();
    }
    return value;
  }

  String text(int index) {
    JsonNode value = values.get(index);
    if (!value.isString()) {
      throw invalid();
    }
    return value.stringValue();
  }

  /// A number, rounded halves upwards.
  long rounded(int index) {
    Long value = values.get(index).isNumber() ? Numbers.rounded(values.get(index)) : null;
    if (value == null) {
      throw invalid();
    }
    return value;
  }

  /// A number, rounded down.
  long floored(int index) {
    Long value = values.get(index).isNumber() ? Numbers.floored(values.get(index)) : null;
    if (value == null) {
      throw invalid();
    }
    return value;
  }

  Intrinsics.Refusal invalid() {
    return new Intrinsics.Refusal("Invalid arguments in " + function);
  }
}
