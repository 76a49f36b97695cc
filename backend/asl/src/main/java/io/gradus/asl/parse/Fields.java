package io.gradus.asl.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one object of a definition. Every reading of a wrong value notes AWS's fault and
/// gives null, so that the reading of the rest goes on.
final class Fields {
  static final long MAX_SECONDS = 99_999_999;

  private final ObjectNode node;
  private final Location at;
  private final Faults faults;

  Fields(ObjectNode node, Location at, Faults faults) {
    this.node = node;
    this.at = at;
    this.faults = faults;
  }

  ObjectNode node() {
    return node;
  }

  Location at() {
    return at;
  }

  Faults faults() {
    return faults;
  }

  Location at(String field) {
    return at.field(field);
  }

  /// The same object without some of its fields.
  Fields without(Set<String> names) {
    ObjectNode rest = node.objectNode();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!names.contains(member.getKey())) {
        rest.set(member.getKey(), member.getValue());
      }
    }
    return new Fields(rest, at, faults);
  }

  boolean has(String field) {
    return node.has(field);
  }

  @Nullable JsonNode get(String field) {
    return node.get(field);
  }

  /// Refuses every field that is not allowed here.
  void only(Set<String> allowed) {
    for (String name : node.propertyNames()) {
      if (!allowed.contains(name)) {
        faults.schema("Field '%s' is not supported".formatted(name), at, at(name));
      }
    }
  }

  /// Whether all are there; one fault names all that are not.
  boolean require(String... names) {
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (!node.has(name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      faults.schema("These fields are required: " + missing, at);
    }
    return missing.isEmpty();
  }

  /// At most one of these may be there.
  void atMostOne(String... names) {
    if (count(names) > 1) {
      faults.schema("There should only be one of the following fields: " + List.of(names), at);
    }
  }

  /// Exactly one of these must be there.
  void exactlyOne(String... names) {
    if (count(names) == 0) {
      faults.schema(
          "This object should have only one of the following fields: " + List.of(names), at);
    }
    atMostOne(names);
  }

  private int count(String... names) {
    int present = 0;
    for (String name : names) {
      present += node.has(name) ? 1 : 0;
    }
    return present;
  }

  @Nullable String text(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      expected("[STRING]", field);
      return null;
    }
    return value.stringValue();
  }

  @Nullable String oneOf(String field, List<String> values) {
    String value = text(field);
    if (value != null && !values.contains(value)) {
      faults.schema("Value should be one of the following: " + values, at(field));
      return null;
    }
    return value;
  }

  @Nullable Boolean flag(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      expected("[BOOLEAN]", field);
      return null;
    }
    return value.booleanValue();
  }

  /// A whole number within its bounds.
  @Nullable Long integer(String field, long min, long max) {
    JsonNode value = node.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isNumber() || !isWhole(value)) {
      expected("Integer", field);
      return null;
    }
    double number = value.doubleValue();
    if (number < min) {
      faults.schema("Minimum value is " + min, at(field));
      return null;
    }
    if (number > max) {
      faults.schema("Maximum value is " + max, at(field));
      return null;
    }
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : (long) number;
  }

  private static boolean isWhole(JsonNode number) {
    return number.isIntegralNumber() || number.doubleValue() == Math.rint(number.doubleValue());
  }

  /// A number within its bounds.
  @Nullable Double number(String field, double min, double max) {
    JsonNode value = node.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      expected("[NUMBER]", field);
      return null;
    }
    double number = value.doubleValue();
    if (number < min) {
      faults.schema("Minimum value is " + min, at(field));
      return null;
    }
    if (number > max) {
      faults.schema("Maximum value is " + max, at(field));
      return null;
    }
    return number;
  }

  @Nullable Fields object(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      expected("[OBJECT]", field);
      return null;
    }
    return new Fields(object, at(field), faults);
  }

  /// The elements, each of which must be an object.
  ///
  /// @param mayBeEmpty whether AWS takes an empty array here
  List<Fields> objects(String field, boolean mayBeEmpty) {
    List<Fields> elements = new ArrayList<>();
    ArrayNode array = array(field, mayBeEmpty);
    if (array == null) {
      return elements;
    }
    for (int i = 0; i < array.size(); i++) {
      Location element = at(field).index(i);
      if (array.get(i) instanceof ObjectNode object) {
        elements.add(new Fields(object, element, faults));
      } else {
        faults.schema("Expected value of type [OBJECT]", element);
      }
    }
    return elements;
  }

  @Nullable ArrayNode array(String field, boolean mayBeEmpty) {
    JsonNode value = node.get(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ArrayNode array)) {
      expected("[ARRAY]", field);
      return null;
    }
    if (array.isEmpty() && !mayBeEmpty) {
      faults.schema("Value cannot be empty", at(field));
    }
    return array;
  }

  void expected(String type, String field) {
    faults.schema("Expected value of type " + type, at(field));
  }
}
