package io.gradus.integrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The arguments of a call, read strictly: what is not known is told rather than passed over.
public final class Arguments {
  /// Which connection a call goes through; the default of its kind where it says none.
  public static final String CONNECTION = "Connection";

  private final JsonNode json;

  private Arguments(JsonNode json) {
    this.json = json;
  }

  /// @param known the fields that there are
  /// @throws InvalidArguments if it is no object, or has others
  public static Arguments of(JsonNode json, Set<String> known) throws InvalidArguments {
    if (!json.isObject()) {
      throw new InvalidArguments("The arguments must be an object");
    }
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        throw new InvalidArguments(
            "The field '" + name + "' is not supported; there are " + String.join(", ", known));
      }
    }
    return new Arguments(json);
  }

  /// A text, null where there is none.
  public @Nullable String text(String name) throws InvalidArguments {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw new InvalidArguments("The value for the field '" + name + "' must be a STRING");
    }
    return value.stringValue();
  }

  /// A text that has to be there.
  public String required(String name) throws InvalidArguments {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw new InvalidArguments("The field '" + name + "' is required but was missing");
    }
    return text;
  }

  /// A text or a list of texts; empty where there is none.
  public List<String> texts(String name) throws InvalidArguments {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value.isString()) {
      return List.of(value.stringValue());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isString()) {
        break;
      }
      texts.add(item.stringValue());
    }
    if (!value.isArray() || texts.size() < value.size()) {
      throw new InvalidArguments(
          "The value for the field '" + name + "' must be a STRING or a list of them");
    }
    return texts;
  }

  /// A whole number within bounds.
  ///
  /// @param otherwise where there is none
  public int number(String name, int otherwise, int least, int most) throws InvalidArguments {
    JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new InvalidArguments(
          "The value for the field '%s' must be a whole number from %d to %d"
              .formatted(name, least, most));
    }
    return value.intValue();
  }

  /// Any JSON; null where there is none.
  public @Nullable JsonNode value(String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
