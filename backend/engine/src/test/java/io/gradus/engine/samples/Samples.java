package io.gradus.engine.samples;

import io.gradus.engine.PayloadJson;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes a published definition one that can run here: its placeholders get a value of the right
/// kind, and a Map that reads its items elsewhere is given them with the input.
final class Samples {
  /// Where the items of a Map that reads them elsewhere stand in the input.
  static final String READ = "itemsRead";

  private static final int LONG = 2;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern WHOLE = Pattern.compile("\\$\\{[^}]*}");

  private Samples() {}

  static String runnable(String published) {
    JsonNode tree = PayloadJson.MAPPER.readTree(published);
    return PayloadJson.MAPPER.writeValueAsString(withItems(filled("", tree), false));
  }

  /// The published definition with its placeholders filled.
  static String filled(String published) {
    return PayloadJson.MAPPER.writeValueAsString(
        filled("", PayloadJson.MAPPER.readTree(published)));
  }

  private static JsonNode filled(String field, JsonNode here) {
    if (here instanceof ObjectNode object) {
      ObjectNode copy = PayloadJson.MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> each : object.properties()) {
        copy.set(each.getKey(), filled(each.getKey(), each.getValue()));
      }
      return copy;
    }
    if (here instanceof ArrayNode array) {
      ArrayNode copy = PayloadJson.MAPPER.createArrayNode();
      array.values().forEach(each -> copy.add(filled(field, each)));
      return copy;
    }
    if (!here.isString() || !here.stringValue().contains("${")) {
      return here;
    }
    String text = here.stringValue();
    if (WHOLE.matcher(text).matches()) {
      if (isNumber(field)) {
        return PayloadJson.MAPPER.getNodeFactory().numberNode(5);
      }
      if (field.equals("Resource")) {
        return StringNode.valueOf("arn:aws:lambda:us-east-1:123456789012:function:placeholder");
      }
    }
    return StringNode.valueOf(PLACEHOLDER.matcher(text).replaceAll(found -> value(found.group(1))));
  }

  private static boolean isNumber(String field) {
    return field.endsWith("Seconds") || field.startsWith("Max") || field.startsWith("Numeric");
  }

  private static String value(String name) {
    String bare = name.toLowerCase(java.util.Locale.ROOT);
    if (bare.contains("partition")) {
      return "aws";
    }
    if (bare.contains("region")) {
      return "us-east-1";
    }
    if (bare.contains("account")) {
      return "123456789012";
    }
    return name.replaceAll("\\W", "");
  }

  /// A Pass that makes a long list for a Map: two of its items go the same ways as a hundred.
  private static void shorten(ObjectNode state) {
    if (!state.path("Type").asString("").equals("Pass")) {
      return;
    }
    state.findValues("Parameters").forEach(Samples::shortenLists);
    shortenLists(state);
  }

  private static void shortenLists(JsonNode around) {
    for (JsonNode each : around.values()) {
      if (each instanceof ArrayNode array) {
        while (array.size() > LONG) {
          array.remove(array.size() - 1);
        }
      }
    }
  }

  private static JsonNode withItems(JsonNode here, boolean jsonata) {
    if (here instanceof ObjectNode object) {
      boolean inside =
          object.has("QueryLanguage")
              ? object.get("QueryLanguage").asString("").equals("JSONata")
              : jsonata;
      if (object.has("ItemReader") && object.path("Type").asString("").equals("Map")) {
        object.remove("ItemReader");
        object.remove("ItemsPath");
        object.remove(java.util.List.of("ItemBatcher", "ResultWriter"));
        if (inside) {
          object.put("Items", "{% $states.context.Execution.Input." + READ + " %}");
        } else {
          object.put("ItemsPath", "$$.Execution.Input." + READ);
        }
      }
      if (object.path("Mode").asString("").equals("DISTRIBUTED")) {
        // Children of Map Runs are executions of their own: here all goes its ways in one.
        object.removeAll();
        object.put("Mode", "INLINE");
      }
      object.properties().forEach(each -> withItems(each.getValue(), inside));
      shorten(object);
    } else if (here instanceof ArrayNode array) {
      array.values().forEach(each -> withItems(each, jsonata));
    }
    return here;
  }
}
