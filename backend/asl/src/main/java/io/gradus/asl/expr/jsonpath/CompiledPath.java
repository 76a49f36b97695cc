package io.gradus.asl.expr.jsonpath;

import com.jayway.jsonpath.JsonPath;
import io.gradus.asl.expr.Allowance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A path made ready to be read: what it starts from, and either plain steps or a query.
///
/// @param variable the name of the variable it starts from, for [Root#VARIABLE]
/// @param query null for a reference path, which is walked by `steps`
record CompiledPath(
    String text, Root root, @Nullable String variable, List<Step> steps, @Nullable JsonPath query) {
  /// Where a path begins.
  enum Root {
    DOCUMENT,
    CONTEXT,
    VARIABLE
  }

  CompiledPath {
    steps = List.copyOf(steps);
  }

  boolean isReference() {
    return query == null;
  }

  /// Whether the path names at most one place.
  boolean isDefinite() {
    return query == null || query.isDefinite();
  }

  /// The value at this path below `start`; null where there is none. A path that may name several
  /// places always has a value: the array of those that are there.
  @Nullable JsonNode read(JsonNode start, Allowance allowance) {
    return query == null ? walk(start) : PathQueries.read(query, text, start, allowance);
  }

  private @Nullable JsonNode walk(JsonNode start) {
    JsonNode here = start;
    for (int i = 0; i < steps.size(); i++) {
      JsonNode next = child(here, steps.get(i));
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }

  static @Nullable JsonNode child(JsonNode here, Step step) {
    return switch (step) {
      case Step.Member(String name) -> here.isObject() ? here.get(name) : null;
      case Step.Element(int index) ->
          here.isArray() ? here.get(index < 0 ? here.size() + index : index) : null;
    };
  }

  /// Whether nothing is there only because an index lies beyond its array.
  boolean endsBeyondArray(JsonNode start) {
    JsonNode here = start;
    for (Step step : steps) {
      JsonNode next = child(here, step);
      if (next == null) {
        return step instanceof Step.Element && here.isArray();
      }
      here = next;
    }
    return false;
  }

  /// What is wrong at the first step that finds nothing, in the words of AWS's JSONPath library.
  String missing(JsonNode start) {
    StringBuilder path = new StringBuilder("$");
    JsonNode here = start;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String parent = path.toString();
      path.append(normal(step));
      JsonNode next = child(here, step);
      if (next == null) {
        return absence(here, step, parent, path.toString(), i == steps.size() - 1);
      }
      here = next;
    }
    return "No results for path: " + (query == null ? path : text);
  }

  private static String absence(
      JsonNode here, Step step, String parent, String path, boolean last) {
    return switch (step) {
      case Step.Member(String name) when !here.isObject() ->
          "Expected to find an object with property ['%s'] in path %s but found '%s'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."
              .formatted(name, parent, javaType(here));
      case Step.Element(int index) when !here.isArray() ->
          "Filter: [%d] can only be applied to arrays. Current context is: %s"
              .formatted(index, JavaText.of(here));
      case Step.Member _, Step.Element _ ->
          (last ? "No results for path: " : "Missing property in path ") + path;
    };
  }

  private static String javaType(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING, BINARY -> "java.lang.String";
      case BOOLEAN -> "java.lang.Boolean";
      case NUMBER ->
          node.isIntegralNumber()
              ? (node.canConvertToInt() ? "java.lang.Integer" : "java.lang.Long")
              : "java.lang.Double";
      case ARRAY -> "java.util.ArrayList";
      case OBJECT, POJO -> "java.util.LinkedHashMap";
      case NULL, MISSING -> "null";
    };
  }

  private static String normal(Step step) {
    return switch (step) {
      case Step.Member(String name) -> "['" + name + "']";
      case Step.Element(int index) -> "[" + index + "]";
    };
  }

  static ArrayNode emptyArray() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
