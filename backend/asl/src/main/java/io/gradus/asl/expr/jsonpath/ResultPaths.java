package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts a result into an input. The input is shared, hence only what lies on the way is copied.
final class ResultPaths {
  private ResultPaths() {}

  /// @param path null discards the result
  static JsonNode put(Expr.@Nullable Path path, JsonNode input, JsonNode result) {
    if (path == null) {
      return input;
    }
    CompiledPath compiled = Templates.compiled(path);
    if (!compiled.isReference() || compiled.root() != CompiledPath.Root.DOCUMENT) {
      throw mismatch(path, input);
    }
    return put(path, input, input, compiled.steps(), result);
  }

  private static JsonNode put(
      Expr.Path path, JsonNode input, @Nullable JsonNode here, List<Step> steps, JsonNode result) {
    if (steps.isEmpty()) {
      return result;
    }
    List<Step> rest = steps.subList(1, steps.size());
    switch (steps.getFirst()) {
      case Step.Member(String name) -> {
        if (here != null && !here.isObject()) {
          throw mismatch(path, input);
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        if (here instanceof ObjectNode object) {
          copy.setAll(object);
        }
        copy.set(name, put(path, input, copy.get(name), rest, result));
        return copy;
      }
      case Step.Element(int index) -> {
        if (!(here instanceof ArrayNode array) || index < 0 || index >= array.size()) {
          throw mismatch(path, input);
        }
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        copy.addAll(array);
        copy.set(index, put(path, input, array.get(index), rest, result));
        return copy;
      }
    }
  }

  private static EvaluationFailure mismatch(Expr.Path path, JsonNode input) {
    return new EvaluationFailure(
        ErrorName.RESULT_PATH_MATCH_FAILURE,
        "Unable to apply ReferencePath %s to input %s".formatted(path.text(), input),
        null);
  }
}
