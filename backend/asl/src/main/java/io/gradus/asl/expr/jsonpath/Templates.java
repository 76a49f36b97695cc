package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Failures;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Evaluates payload templates and single expressions of JSONPath states.
final class Templates {
  private Templates() {}

  /// What to say of a path that finds nothing.
  @FunctionalInterface
  interface Absence {
    EvaluationFailure failure(CompiledPath path, JsonNode start, JsonNode document);

    /// The sentence for a payload template's member or a field such as `CausePath`.
    static Absence in(String field) {
      return (path, _, document) ->
          Failures.runtime(
              "The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'"
                  .formatted(path.text(), field, document));
    }

    /// The sentence for `InputPath`, `OutputPath` and `ItemsPath`.
    static Absence invalidPath() {
      return (path, start, _) ->
          Failures.runtime("Invalid path '%s' : %s".formatted(path.text(), path.missing(start)));
    }

    /// The sentence for `SecondsPath` and its like.
    static Absence parameter(String field) {
      return (path, _, _) ->
          Failures.runtime(
              "The %s parameter does not reference an input value: %s"
                  .formatted(field, path.text()));
    }
  }

  /// @param field what a failing path is said to be specified for
  static JsonNode evaluate(Expr expr, JsonNode document, Scope scope, String field) {
    return switch (expr) {
      case Expr.Literal(JsonNode value) -> value;
      case Expr.Path path -> scope.allowance().hold(templatePath(path, document, scope, field));
      case Expr.Intrinsic call -> scope.allowance().hold(intrinsic(call, call, document, scope));
      case Expr.Obj(Map<String, Expr> fields) -> object(fields, document, scope);
      case Expr.Arr(List<Expr> items) -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
        for (Expr item : items) {
          array.add(evaluate(item, document, scope, field));
        }
        yield array;
      }
      case Expr.Jsonata(String text) ->
          throw new IllegalStateException(
              "expected a JSONPath expression, found the JSONata expression '" + text + "'");
    };
  }

  private static ObjectNode object(Map<String, Expr> fields, JsonNode document, Scope scope) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (var member : fields.entrySet()) {
      Expr value = member.getValue();
      String name = member.getKey();
      object.set(
          name,
          value instanceof Expr.Literal(JsonNode constant)
              ? constant
              : evaluate(value, document, scope, name + ".$"));
    }
    return object;
  }

  /// In a template, unlike elsewhere, an index beyond an array's end reads null.
  private static JsonNode templatePath(
      Expr.Path path, JsonNode document, Scope scope, String field) {
    CompiledPath compiled = compiled(path);
    JsonNode start = start(compiled, document, scope);
    if (start != null) {
      JsonNode value = compiled.read(start, scope.allowance());
      if (value != null) {
        return value;
      }
      if (compiled.endsBeyondArray(start)) {
        return JsonNodeFactory.instance.nullNode();
      }
    }
    throw Absence.in(field).failure(compiled, document, document);
  }

  static JsonNode path(Expr.Path path, JsonNode document, Scope scope, Absence absence) {
    CompiledPath compiled = compiled(path);
    JsonNode start = start(compiled, document, scope);
    JsonNode value = start == null ? null : compiled.read(start, scope.allowance());
    if (value == null) {
      throw absence.failure(compiled, start == null ? document : start, document);
    }
    return value;
  }

  /// The value at a path; null where there is none.
  static @Nullable JsonNode find(Expr.Path path, JsonNode document, Scope scope) {
    CompiledPath compiled = compiled(path);
    JsonNode start = start(compiled, document, scope);
    return start == null ? null : compiled.read(start, scope.allowance());
  }

  static CompiledPath compiled(Expr.Path path) {
    try {
      return JsonPaths.compiled(path.text());
    } catch (IllegalArgumentException e) {
      throw Failures.runtime("Invalid path '%s' : %s".formatted(path.text(), e.getMessage()));
    }
  }

  private static @Nullable JsonNode start(CompiledPath path, JsonNode document, Scope scope) {
    return switch (path.root()) {
      case DOCUMENT -> document;
      case CONTEXT -> scope.context().get();
      case VARIABLE -> scope.variables().get(String.valueOf(path.variable()));
    };
  }

  /// @param whole the outermost call, which a failure names
  private static JsonNode intrinsic(
      Expr.Intrinsic call, Expr.Intrinsic whole, JsonNode document, Scope scope) {
    List<JsonNode> arguments = new ArrayList<>(call.args().size());
    for (Expr argument : call.args()) {
      arguments.add(
          switch (argument) {
            case Expr.Literal(JsonNode value) -> value;
            case Expr.Path path ->
                scope.allowance().hold(path(path, document, scope, missingArgument(whole)));
            case Expr.Intrinsic inner ->
                scope.allowance().hold(intrinsic(inner, whole, document, scope));
            case Expr.Obj _, Expr.Arr _, Expr.Jsonata _ ->
                throw new IllegalStateException(
                    "expected a literal, path or call as argument, found " + argument);
          });
    }
    try {
      return Intrinsics.call(call.name(), arguments, scope.random());
    } catch (Intrinsics.Refusal refusal) {
      throw Failures.intrinsic(
          "There was an error while evaluating the intrinsic function: %s. %s"
              .formatted(CallText.of(whole), refusal.getMessage()));
    }
  }

  private static Absence missingArgument(Expr.Intrinsic call) {
    return (path, _, document) ->
        Failures.runtime(
            ("The function '%s' had the following error: The JsonPath argument for the field '%s'"
                    + " could not be found in the input '%s'")
                .formatted(CallText.of(call), path.text(), document));
  }
}
