package io.gradus.console.graph;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.parse.Diagnostic.Severity;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the element in the browser is told. Names are short, because a graph is sent again with
/// every keystroke that changes it; `graph/model.ts` reads them.
final class GraphJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GraphJson() {}

  static ObjectNode graph(StateGraph graph) {
    ObjectNode json = JSON.objectNode();
    ArrayNode nodes = json.putArray("nodes");
    for (Node node : graph.nodes()) {
      ObjectNode each = nodes.addObject();
      each.put("id", node.id());
      if (!node.name().equals(node.id())) {
        each.put("name", node.name());
      }
      each.put("kind", node.kind().wireName().toLowerCase(Locale.ROOT));
      each.put("glyph", Glyphs.of(node));
      if (node.parent() != null) {
        each.put("in", node.parent());
      }
      if (node.branch() > 0) {
        each.put("branch", node.branch());
      }
      flag(each, "start", node.start());
      flag(each, "end", node.end());
      text(each, "caption", node.caption());
    }
    ArrayNode edges = json.putArray("edges");
    for (Edge edge : graph.edges()) {
      ObjectNode each = edges.addObject();
      each.put("from", edge.from());
      each.put("to", edge.to());
      each.put("why", edge.reason().name().toLowerCase(Locale.ROOT));
      text(each, "label", edge.label());
      flag(each, "missing", edge.missing());
    }
    return json;
  }

  static ObjectNode sign(NodeSign sign) {
    return switch (sign) {
      case NodeStatus status -> status(status);
      case NodeComparison compared -> {
        ObjectNode json = JSON.objectNode();
        json.put("status", compared.mark().key());
        if (compared.line() != null) {
          json.put("line", compared.line());
        }
        yield json;
      }
    };
  }

  private static ObjectNode status(NodeStatus status) {
    ObjectNode json = JSON.objectNode();
    json.put("status", status.status().key());
    if (status.line() != null) {
      json.put("line", status.line());
    }
    if (status.total() > 0) {
      json.put("total", status.total());
    }
    count(json, "running", status.running());
    count(json, "succeeded", status.succeeded());
    count(json, "failed", status.failed());
    return json;
  }

  static ArrayNode diagnostics(Collection<NodeDiagnostic> diagnostics) {
    ArrayNode json = JSON.arrayNode();
    for (NodeDiagnostic diagnostic : diagnostics) {
      ObjectNode each = json.addObject();
      each.put("id", diagnostic.nodeId());
      flag(each, "error", diagnostic.severity() == Severity.ERROR);
      each.put("message", diagnostic.message());
    }
    return json;
  }

  static ArrayNode steps(Collection<StateGraphView.Step> steps) {
    ArrayNode json = JSON.arrayNode();
    for (StateGraphView.Step step : steps) {
      json.addArray().add(step.from()).add(step.to());
    }
    return json;
  }

  /// Says of a step that one of two executions alone took which one that was.
  static ArrayNode steps(Set<StateGraphView.Step> left, Set<StateGraphView.Step> right) {
    ArrayNode json = JSON.arrayNode();
    for (StateGraphView.Step step : left) {
      ArrayNode each = json.addArray().add(step.from()).add(step.to());
      if (!right.contains(step)) {
        each.add(NodeComparison.Mark.LEFT.key());
      }
    }
    for (StateGraphView.Step step : right) {
      if (!left.contains(step)) {
        json.addArray().add(step.from()).add(step.to()).add(NodeComparison.Mark.RIGHT.key());
      }
    }
    return json;
  }

  private static void flag(ObjectNode json, String name, boolean value) {
    if (value) {
      json.put(name, true);
    }
  }

  private static void count(ObjectNode json, String name, int value) {
    if (value > 0) {
      json.put(name, value);
    }
  }

  private static void text(ObjectNode json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
