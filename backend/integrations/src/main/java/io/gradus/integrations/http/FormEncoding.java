package io.gradus.integrations.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `application/x-www-form-urlencoded` of JSON.
///
/// | JSON | written |
/// |---|---|
/// | `{"a": {"b": 1}}` | `a[b]=1` |
/// | `{"a": [1, 2]}` INDICES | `a[0]=1&a[1]=2` |
/// | REPEAT | `a=1&a=2` |
/// | COMMAS | `a=1,2` |
/// | BRACKETS | `a[]=1&a[]=2` |
final class FormEncoding {
  /// How arrays are written.
  enum Arrays {
    INDICES,
    REPEAT,
    COMMAS,
    BRACKETS
  }

  /// A name and value, not yet encoded.
  record Pair(String name, String value) {}

  private FormEncoding() {}

  static String encode(JsonNode object, Arrays arrays) {
    var form = new StringJoiner("&");
    object.properties().forEach(entry -> add(entry.getKey(), entry.getValue(), arrays, form));
    return form.toString();
  }

  private static void add(String name, JsonNode value, Arrays arrays, StringJoiner form) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        add(name + "[" + entry.getKey() + "]", entry.getValue(), arrays, form);
      }
    } else if (value.isArray()) {
      addArray(name, value, arrays, form);
    } else {
      form.add(percent(name) + "=" + percent(value.asString()));
    }
  }

  private static void addArray(String name, JsonNode array, Arrays arrays, StringJoiner form) {
    if (arrays == Arrays.COMMAS) {
      var values = new StringJoiner(",");
      array.forEach(
          item -> values.add(percent(item.isContainer() ? item.toString() : item.asString())));
      form.add(percent(name) + "=" + values);
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      String itemName =
          switch (arrays) {
            case INDICES -> name + "[" + i + "]";
            case BRACKETS -> name + "[]";
            case REPEAT, COMMAS -> name;
          };
      add(itemName, array.get(i), arrays, form);
    }
  }

  static String encode(List<Pair> pairs) {
    var form = new StringJoiner("&");
    pairs.forEach(pair -> form.add(percent(pair.name()) + "=" + percent(pair.value())));
    return form.toString();
  }

  /// Reads a query.
  ///
  /// @param query raw, null for none
  /// @throws IllegalArgumentException if an escape is broken
  static List<Pair> decode(@Nullable String query) {
    var pairs = new ArrayList<Pair>();
    if (query == null || query.isEmpty()) {
      return pairs;
    }
    for (String part : query.split("&")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      pairs.add(
          new Pair(
              URLDecoder.decode(name, StandardCharsets.UTF_8),
              URLDecoder.decode(value, StandardCharsets.UTF_8)));
    }
    return pairs;
  }

  static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
