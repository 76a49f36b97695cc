package io.gradus.console.machines.studio;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.text.Yaml;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.graph.NodeDiagnostic;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What there is to say of what was written.
///
/// @param graph as far as it can be drawn; null where it can't
/// @param language of its queries; empty where it can't be read
/// @param faults errors first, each with its place in what was written
record Verdict(Written written, @Nullable StateGraph graph, String language, List<Fault> faults) {
  /// More faults than these are counted, not shown.
  static final int SHOWN = 200;

  Verdict {
    faults = List.copyOf(faults);
  }

  /// Judges what was written.
  ///
  /// @param validator every fault of a definition's JSON
  static Verdict of(Written written, Function<String, List<Diagnostic>> validator) {
    Yaml.Fault unreadable = written.yamlFault();
    if (unreadable != null) {
      Diagnostic fault =
          new Diagnostic(
              Severity.ERROR,
              Code.INVALID_JSON_DESCRIPTION,
              unreadable.message(),
              "",
              unreadable.line(),
              unreadable.column());
      return new Verdict(
          written, null, "", List.of(new Fault(fault, fault.line(), fault.column(), null, "")));
    }
    String json = written.json();
    StateGraph graph = json == null ? null : StateGraph.sketch(json);
    List<Diagnostic> found =
        validator.apply(json == null ? "" : json).stream()
            .sorted((a, b) -> a.severity().compareTo(b.severity()))
            .limit(SHOWN)
            .toList();
    Map<String, Yaml.Place> places =
        written.mode() == Mode.YAML
            ? Yaml.places(written.text(), found.stream().map(Diagnostic::location).toList())
            : Map.of();
    String language = json != null && json.contains("\"JSONata\"") ? "JSONata" : "JSONPath";
    return new Verdict(
        written,
        graph,
        language,
        found.stream().map(diagnostic -> fault(diagnostic, places, graph)).toList());
  }

  /// The graph of what was written, as far as it can be drawn; null where it can't.
  static @Nullable StateGraph sketch(Written written) {
    String json = written.json();
    return json == null ? null : StateGraph.sketch(json);
  }

  private static Fault fault(
      Diagnostic diagnostic, Map<String, Yaml.Place> places, @Nullable StateGraph graph) {
    Yaml.Place place =
        places.getOrDefault(
            diagnostic.location(),
            new Yaml.Place(Math.max(1, diagnostic.line()), Math.max(1, diagnostic.column())));
    String node =
        graph == null
            ? null
            : NodeDiagnostic.of(List.of(diagnostic), graph).stream()
                .findFirst()
                .map(NodeDiagnostic::nodeId)
                .orElse(null);
    String name = node == null || graph == null ? null : name(graph, node);
    return new Fault(
        diagnostic, place.line(), place.column(), node, Fault.words(diagnostic.location(), name));
  }

  private static @Nullable String name(StateGraph graph, String id) {
    return graph.nodes().stream()
        .filter(node -> node.id().equals(id))
        .map(StateGraph.Node::name)
        .findFirst()
        .orElse(null);
  }

  long errors() {
    return faults.stream().filter(Fault::isError).count();
  }

  long warnings() {
    return faults.size() - errors();
  }
}
