package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.model.Expr;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// An intrinsic call written out again, for causes.
final class CallText {
  private CallText() {}

  static String of(Expr expr) {
    return switch (expr) {
      case Expr.Intrinsic call ->
          call.args().stream()
              .map(CallText::of)
              .collect(Collectors.joining(", ", call.name() + "(", ")"));
      case Expr.Path(String text) -> text;
      case Expr.Literal(JsonNode value) ->
          value.isString() ? "'" + value.stringValue().replace("'", "\\'") + "'" : value.toString();
      case Expr.Jsonata(String text) -> text;
      case Expr.Obj _, Expr.Arr _ -> expr.toString();
    };
  }
}
