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
      throw invalid();
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

  /// A number, rounded halves upwards, of the 32 bits that AWS adds with.
  int rounded(int index) {
    Long value = values.get(index).isNumber() ? Numbers.rounded(values.get(index)) : null;
    if (value == null || value != value.intValue()) {
      throw invalid();
    }
    return value.intValue();
  }

  /// A number without its fraction.
  long truncated(int index) {
    Long value = values.get(index).isNumber() ? Numbers.truncated(values.get(index)) : null;
    if (value == null) {
      throw invalid();
    }
    return value;
  }

  Intrinsics.Refusal invalid() {
    return refused("Invalid arguments in " + function);
  }

  Intrinsics.Refusal refused(String reason) {
    return new Intrinsics.Refusal(reason);
  }
}
