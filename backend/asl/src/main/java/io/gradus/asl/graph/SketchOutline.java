package io.gradus.asl.graph;

import io.gradus.asl.graph.Outline.Entry;
import io.gradus.asl.graph.Outline.Way;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Reason;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.Resource;
import io.gradus.asl.parse.DefinitionParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The outline of a definition that is still being written: what is missing is guessed or left out,
/// and nothing is refused, so that a graph stays while its text is broken.
///
/// | written | drawn |
/// |---|---|
/// | a state without a `Type`, or an unknown one | the kind its other fields speak of, else a Pass |
/// | a state inside of a state, because a brace is missing | beside it |
final class SketchOutline {
  /// Everything here recurses as deep as machines are nested; the validator's bound is the same.
  private static final int MAX_NESTING = 50;

  /// Objects in a state or a machine that are no states, whatever is in them.
  private static final Set<String> FIELDS =
      Set.of(
          "States",
          "Parameters",
          "Arguments",
          "Result",
          "ResultSelector",
          "Output",
          "Assign",
          "ItemProcessor",
          "Iterator",
          "ItemReader",
          "ItemBatcher",
          "ItemSelector",
          "ResultWriter",
          "ProcessorConfig",
          "Credentials",
          "Items");

  private final QueryLanguage language;

  private SketchOutline(QueryLanguage language) {
    this.language = language;
  }

  static Outline of(ObjectNode definition) {
    return new SketchOutline(language(definition, QueryLanguage.JSONPATH)).machine(definition, 0);
  }

  private static QueryLanguage language(JsonNode declaring, QueryLanguage otherwise) {
    JsonNode value = declaring.path("QueryLanguage");
    if (value.isMissingNode()) {
      return otherwise;
    }
    return QueryLanguage.JSONPATH.wireName().equals(text(value))
        ? QueryLanguage.JSONPATH
        : QueryLanguage.JSONATA;
  }

  private Outline machine(JsonNode machine, int nesting) {
    Map<String, ObjectNode> states = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : machine.path("States").properties()) {
      gather(member.getKey(), member.getValue(), states, nesting);
    }
    strays(machine, states, nesting);
    List<Entry> entries = new ArrayList<>();
    states.forEach((name, state) -> entries.add(entry(name, state, nesting)));
    return new Outline(text(machine.path("StartAt")), entries);
  }

  private void gather(String name, JsonNode state, Map<String, ObjectNode> into, int nesting) {
    if (state instanceof ObjectNode object && !name.isEmpty() && nesting < MAX_NESTING) {
      into.putIfAbsent(name, object);
      strays(state, into, nesting + 1);
    }
  }

  /// States in a place where none can be.
  private void strays(JsonNode holder, Map<String, ObjectNode> into, int nesting) {
    for (Map.Entry<String, JsonNode> member : holder.properties()) {
      if (!FIELDS.contains(member.getKey()) && written(member.getValue()) != null) {
        gather(member.getKey(), member.getValue(), into, nesting);
      }
    }
  }

  private Entry entry(String name, ObjectNode state, int nesting) {
    Kind kind = kind(state);
    List<Way> ways = new ArrayList<>();
    boolean leaves = kind != Kind.SUCCEED && kind != Kind.FAIL && kind != Kind.CHOICE;
    String next = text(state.path("Next"));
    if (leaves) {
      way(next, Reason.NEXT, 0, "", ways);
    }
    switch (kind) {
      case TASK, PARALLEL, MAP -> catches(state, ways);
      case CHOICE -> choice(state, ways);
      case PASS, WAIT, SUCCEED, FAIL -> {}
    }
    boolean end =
        switch (kind) {
          case SUCCEED, FAIL -> true;
          case CHOICE -> false;
          case PASS, TASK, WAIT, PARALLEL, MAP ->
              state.path("End").asBoolean(false) && next == null;
        };
    String resource = kind == Kind.TASK ? text(state.path("Resource")) : null;
    return new Entry(
        name, kind, end, resource, caption(kind, state), ways, inside(kind, state, nesting));
  }

  private List<Outline> inside(Kind kind, ObjectNode state, int nesting) {
    if (nesting >= MAX_NESTING) {
      return List.of();
    }
    return switch (kind) {
      case PARALLEL ->
          objects(state.path("Branches")).stream().map(each -> machine(each, nesting + 1)).toList();
      case MAP -> List.of(machine(processor(state), nesting + 1));
      case PASS, TASK, CHOICE, WAIT, SUCCEED, FAIL -> List.of();
    };
  }

  private static JsonNode processor(ObjectNode map) {
    return map.has("ItemProcessor") ? map.path("ItemProcessor") : map.path("Iterator");
  }

  private static void catches(ObjectNode state, List<Way> ways) {
    List<ObjectNode> catchers = objects(state.path("Catch"));
    for (int i = 0; i < catchers.size(); i++) {
      String errors =
          catchers.get(i).path("ErrorEquals").values().stream()
              .filter(JsonNode::isString)
              .map(JsonNode::stringValue)
              .collect(Collectors.joining(", "));
      String next = text(catchers.get(i).path("Next"));
      way(next, Reason.CATCH, i, ConditionText.bounded(errors), ways);
    }
  }

  private void choice(ObjectNode state, List<Way> ways) {
    List<ObjectNode> rules = objects(state.path("Choices"));
    for (int i = 0; i < rules.size(); i++) {
      Condition condition = DefinitionParser.condition(rules.get(i), language(state, language));
      String label = condition == null ? "" : ConditionText.of(condition);
      way(text(rules.get(i).path("Next")), Reason.CHOICE, i, label, ways);
    }
    way(text(state.path("Default")), Reason.DEFAULT, 0, Captions.DEFAULT, ways);
  }

  private static void way(
      @Nullable String to, Reason reason, int index, String label, List<Way> ways) {
    if (to != null && !to.isEmpty()) {
      ways.add(new Way(to, reason, index, label));
    }
  }

  private static @Nullable Kind written(JsonNode state) {
    String type = text(state.path("Type"));
    for (Kind kind : Kind.values()) {
      if (kind.wireName().equals(type)) {
        return kind;
      }
    }
    return null;
  }

  private static Kind kind(ObjectNode state) {
    Kind kind = written(state);
    if (kind != null) {
      return kind;
    }
    if (state.has("Choices")) {
      return Kind.CHOICE;
    }
    if (state.has("Branches")) {
      return Kind.PARALLEL;
    }
    if (state.has("ItemProcessor") || state.has("Iterator")) {
      return Kind.MAP;
    }
    return state.has("Resource") ? Kind.TASK : Kind.PASS;
  }

  private static String caption(Kind kind, ObjectNode state) {
    return switch (kind) {
      case TASK -> {
        String resource = text(state.path("Resource"));
        JsonNode arguments =
            state.has("Arguments") ? state.path("Arguments") : state.path("Parameters");
        yield resource == null
            ? ""
            : Captions.task(new Resource(resource), name -> literal(arguments.path(name)));
      }
      case CHOICE -> Captions.counted(objects(state.path("Choices")).size(), "rule");
      case PARALLEL -> Captions.counted(objects(state.path("Branches")).size(), "branch");
      case MAP ->
          "DISTRIBUTED".equals(text(processor(state).path("ProcessorConfig").path("Mode")))
              ? Captions.DISTRIBUTED
              : "";
      case WAIT -> wait(state);
      case FAIL -> {
        String error = text(state.path(state.has("Error") ? "Error" : "ErrorPath"));
        yield error == null ? "" : Captions.bounded(bare(error));
      }
      case PASS, SUCCEED -> "";
    };
  }

  private static String wait(ObjectNode state) {
    if (state.path("Seconds").isNumber()) {
      return Captions.seconds(state.path("Seconds").longValue());
    }
    String seconds = text(state.path(state.has("Seconds") ? "Seconds" : "SecondsPath"));
    if (seconds != null) {
      return Captions.bounded(bare(seconds));
    }
    String moment = text(state.path(state.has("Timestamp") ? "Timestamp" : "TimestampPath"));
    return moment == null ? "" : Captions.until(bare(moment));
  }

  private static List<ObjectNode> objects(JsonNode array) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode each : array.values()) {
      if (each instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /// A text that is written out, not computed.
  private static @Nullable String literal(JsonNode value) {
    String text = text(value);
    return text == null || text.startsWith("{%") ? null : text;
  }

  /// An expression without its braces.
  private static String bare(String text) {
    return text.startsWith("{%") && text.endsWith("%}")
        ? text.substring(2, text.length() - 2).strip()
        : text;
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() ? value.stringValue() : null;
  }
}
