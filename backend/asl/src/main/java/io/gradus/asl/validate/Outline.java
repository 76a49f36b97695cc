package io.gradus.asl.validate;

import io.gradus.asl.parse.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The states of a definition as they are written, faulty ones included, so that rules about the
/// whole need not wait until every part is sound.
///
/// @param boundary whether variables of the scopes around it are out of reach (a distributed Map)
/// @param express whether its states run as an Express workflow
/// @param jsonata whether the whole definition says `JSONata`
record Outline(
    Location at,
    ObjectNode node,
    @Nullable Outline around,
    boolean boundary,
    boolean express,
    boolean jsonata,
    List<Step> steps) {
  /// Deeper nesting is a fault of its own, found by the parser.
  private static final int DEEPEST = 60;

  /// One state. `type` is empty where it has none.
  record Step(
      String name,
      Location at,
      ObjectNode node,
      String type,
      boolean jsonata,
      List<Outline> inner) {
    @Nullable String text(String field) {
      JsonNode value = node.get(field);
      return value != null && value.isString() ? value.stringValue() : null;
    }

    boolean isTerminal() {
      JsonNode end = node.get("End");
      return type.equals("Succeed")
          || type.equals("Fail")
          || (end != null && end.isBoolean() && end.booleanValue());
    }
  }

  static Outline of(ObjectNode definition, MachineType type) {
    List<Step> steps = new ArrayList<>();
    Outline root =
        new Outline(
            Location.ROOT,
            definition,
            null,
            false,
            type == MachineType.EXPRESS,
            isJsonata(definition, false),
            steps);
    root.fill(0);
    return root;
  }

  /// Every machine of the definition, this one first.
  void each(Consumer<Outline> visitor) {
    visitor.accept(this);
    for (Step step : steps) {
      for (Outline inner : step.inner()) {
        inner.each(visitor);
      }
    }
  }

  private void fill(int depth) {
    if (depth < DEEPEST && node.get("States") instanceof ObjectNode states) {
      for (Map.Entry<String, JsonNode> member : states.properties()) {
        if (member.getValue() instanceof ObjectNode state) {
          Location place = at.field("States").field(member.getKey());
          steps.add(step(member.getKey(), state, place, depth));
        }
      }
    }
  }

  private Step step(String name, ObjectNode state, Location place, int depth) {
    List<Outline> inner = new ArrayList<>();
    String type = state.path("Type").asString("");
    JsonNode branches = state.path("Branches");
    for (int i = 0; type.equals("Parallel") && branches.isArray() && i < branches.size(); i++) {
      if (branches.get(i) instanceof ObjectNode branch) {
        inner.add(inner(branch, place.field("Branches").index(i), false, express, depth));
      }
    }
    String field = state.has("ItemProcessor") ? "ItemProcessor" : "Iterator";
    if (type.equals("Map") && state.get(field) instanceof ObjectNode processor) {
      JsonNode config = processor.path("ProcessorConfig");
      boolean distributed = config.path("Mode").asString("").equals("DISTRIBUTED");
      boolean runsExpress =
          distributed ? config.path("ExecutionType").asString("").equals("EXPRESS") : express;
      inner.add(inner(processor, place.field(field), distributed, runsExpress, depth));
    }
    return new Step(name, place, state, type, isJsonata(state, jsonata), inner);
  }

  private Outline inner(
      ObjectNode machine, Location place, boolean distributed, boolean runsExpress, int depth) {
    Outline outline =
        new Outline(place, machine, this, distributed, runsExpress, jsonata, new ArrayList<>());
    outline.fill(depth + 1);
    return outline;
  }

  /// As AWS resolves it: any value but exactly `JSONPath` is JSONata.
  private static boolean isJsonata(ObjectNode holder, boolean otherwise) {
    JsonNode language = holder.get("QueryLanguage");
    return language == null
        ? otherwise
        : !(language.isString() && language.stringValue().equals("JSONPath"));
  }
}
