package io.gradus.api.json;

import io.gradus.api.json.RecordShape.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns a request's JSON into its record and checks every constraint of the model on the way.
///
/// A wrong type ends the reading with a SerializationException at once; broken constraints are
/// gathered and told together in AWS's sentence. Members the model does not know are passed over.
public final class RequestReader {
  /// The greatest whole number up to which a JSON number is exact.
  private static final double MAX_EXACT = 0x1p53;

  private final List<String> violations = new ArrayList<>();

  private final int maxPayload;

  private RequestReader(int maxPayload) {
    this.maxPayload = maxPayload;
  }

  /// The request as a record, within AWS's limits.
  ///
  /// @throws BadRequest where the JSON does not fit the record
  public static <T extends Record> T read(JsonNode object, Class<T> type) {
    return read(object, type, 0);
  }

  /// The request as a record.
  ///
  /// @param maxPayload how long a payload may be, where that is more than AWS allows
  /// @throws BadRequest where the JSON does not fit the record
  public static <T extends Record> T read(JsonNode object, Class<T> type, int maxPayload) {
    RequestReader reader = new RequestReader(maxPayload);
    RecordShape shape = RecordShape.of(type);
    @Nullable Object[] values = reader.values(object, shape, "");
    if (!reader.violations.isEmpty()) {
      int count = reader.violations.size();
      throw new BadRequest(
          BadRequest.Kind.VALIDATION,
          count
              + (count == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", reader.violations));
    }
    return type.cast(shape.create(values));
  }

  private @Nullable Object[] values(JsonNode object, RecordShape shape, String path) {
    List<Field> fields = shape.fields();
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      String name = path.isEmpty() ? field.name() : path + "." + field.name();
      JsonNode node = object.get(field.name());
      boolean absent = node == null || node.isNull();
      Member constraint = field.constraint();
      if (absent && constraint != null && constraint.required()) {
        violations.add(
            "Value null at '" + name + "' failed to satisfy constraint: Member must not be null");
      }
      values[i] = absent || node == null ? null : value(node, field, name);
    }
    return values;
  }

  private @Nullable Object value(JsonNode node, Field field, String name) {
    Class<?> element = field.element();
    if (field.type() != List.class || element == null) {
      return scalar(node, field.type(), field, name);
    }
    if (!node.isArray()) {
      throw wrongType(
          node.isObject()
              ? "Start of structure or map found where not expected."
              : "Unrecognized collection type " + javaTypeOf(node));
    }
    if (element != String.class) {
      checkSize(node, field, name);
    }
    List<Object> list = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      // The model's lists count from one in messages.
      String itemName = name + "." + (list.size() + 1) + ".member";
      if (item.isNull()) {
        violations.add(
            "Value null at '"
                + itemName
                + "' failed to satisfy constraint: Member must not be null");
      } else {
        Object value = scalar(item, element, field, itemName);
        if (value != null) {
          list.add(value);
        }
      }
    }
    return List.copyOf(list);
  }

  private void checkSize(JsonNode list, Field field, String name) {
    Member constraint = field.constraint();
    if (constraint != null && list.size() < constraint.min()) {
      violate(
          list.toString(),
          field,
          name,
          "Member must have length greater than or equal to " + constraint.min());
    }
    if (constraint != null && list.size() > constraint.max()) {
      violate(
          list.toString(),
          field,
          name,
          "Member must have length less than or equal to " + constraint.max());
    }
  }

  /// Null where a constraint is broken; the violation is noted.
  private @Nullable Object scalar(JsonNode node, Class<?> type, Field field, String name) {
    if (type == String.class) {
      String text = text(node);
      checkText(text, field, name);
      return text;
    }
    if (type == Boolean.class) {
      if (!node.isBoolean()) {
        throw wrongType(javaTypeOf(node) + " can not be converted to an Boolean");
      }
      return node.booleanValue();
    }
    if (type == Integer.class) {
      return integer(node, field, name);
    }
    if (type == Long.class) {
      return longNumber(node, field, name);
    }
    if (type == Double.class) {
      return decimal(node, field, name);
    }
    if (type.isEnum()) {
      return constant(text(node), type, field, name);
    }
    if (type == JsonNode.class) {
      return node;
    }
    if (!type.isRecord()) {
      throw new IllegalStateException("expected a type of the protocol, found " + type.getName());
    }
    if (!node.isObject()) {
      throw wrongType("Unrecognized collection type " + javaTypeOf(node));
    }
    RecordShape shape = RecordShape.of(type.asSubclass(Record.class));
    int before = violations.size();
    @Nullable Object[] values = values(node, shape, name);
    return violations.size() == before ? shape.create(values) : null;
  }

  private void checkText(String text, Field field, String name) {
    Member constraint = field.constraint();
    if (constraint == null) {
      return;
    }
    int length = text.codePointCount(0, text.length());
    if (length < constraint.min()) {
      violate(
          text,
          field,
          name,
          "Member must have length greater than or equal to " + constraint.min());
    }
    long max = constraint.payload() ? Math.max(constraint.max(), maxPayload) : constraint.max();
    if (length > max) {
      violate(text, field, name, "Member must have length less than or equal to " + max);
    }
    if (field.pattern() != null && !field.pattern().matcher(text).matches()) {
      violate(
          text,
          field,
          name,
          "Member must satisfy regular expression pattern: " + constraint.pattern());
    }
  }

  private @Nullable Integer integer(JsonNode node, Field field, String name) {
    if (!node.isNumber()) {
      throw wrongType(javaTypeOf(node) + " can not be converted to an Integer");
    }
    double number = node.doubleValue();
    if (!(number > Integer.MIN_VALUE - 1.0 && number < Integer.MAX_VALUE + 1.0)) {
      throw wrongType("The number does not fit an Integer");
    }
    // A fraction is cut off, as AWS does.
    int value = (int) number;
    checkRange(value, String.valueOf(value), field, name);
    return value;
  }

  private @Nullable Long longNumber(JsonNode node, Field field, String name) {
    if (!node.isNumber()) {
      throw wrongType(javaTypeOf(node) + " can not be converted to a Long");
    }
    double number = node.doubleValue();
    if (!(Math.abs(number) < MAX_EXACT)) {
      throw wrongType("The number does not fit a Long");
    }
    long value = (long) number;
    checkRange((double) value, String.valueOf(value), field, name);
    return value;
  }

  private @Nullable Double decimal(JsonNode node, Field field, String name) {
    if (!node.isNumber()) {
      throw wrongType(javaTypeOf(node) + " can not be converted to a Float");
    }
    double value = node.doubleValue();
    if (Double.isInfinite(value)) {
      throw wrongType("The number does not fit a Float");
    }
    checkRange(value, String.valueOf(value), field, name);
    return value;
  }

  private void checkRange(double value, String text, Field field, String name) {
    Member constraint = field.constraint();
    if (constraint != null && value < constraint.min()) {
      violate(
          text, field, name, "Member must have value greater than or equal to " + constraint.min());
    }
    if (constraint != null && value > constraint.max()) {
      violate(
          text, field, name, "Member must have value less than or equal to " + constraint.max());
    }
  }

  private @Nullable Object constant(String text, Class<?> type, Field field, String name) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    violate(text, field, name, "Member must satisfy enum value set: " + Arrays.toString(constants));
    return null;
  }

  private void violate(String value, Field field, String name, String demand) {
    boolean sensitive = field.constraint() != null && field.constraint().sensitive();
    violations.add(
        "Value "
            + (sensitive ? "" : "'" + value + "' ")
            + "at '"
            + name
            + "' failed to satisfy constraint: "
            + demand);
  }

  private static String text(JsonNode node) {
    if (node.isContainer()) {
      throw wrongType(
          node.isObject()
              ? "Start of structure or map found where not expected."
              : "Start of list found where not expected.");
    }
    if (!node.isString()) {
      throw wrongType(javaTypeOf(node) + " can not be converted to an String");
    }
    String text = node.stringValue();
    if (hasLoneSurrogate(text)) {
      throw wrongType("Invalid character in a string: a surrogate without its pair");
    }
    return text;
  }

  static boolean hasLoneSurrogate(String text) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  private static BadRequest wrongType(String message) {
    return new BadRequest(BadRequest.Kind.SERIALIZATION, message);
  }

  private static String javaTypeOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "class java.lang.String";
      case BOOLEAN -> "class java.lang.Boolean";
      case NUMBER -> "class com.amazon.coral.value.json.numbers.TruncatingBigNumber";
      case ARRAY -> "class java.util.ArrayList";
      case OBJECT, POJO -> "class java.util.HashMap";
      case NULL, MISSING, BINARY -> "null";
    };
  }
}
