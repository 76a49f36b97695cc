package io.gradus.asl.model;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One template tree for every field of both query languages. A JSONPath payload template has its
/// `name.$` members already turned into `name → Path | Intrinsic`; a JSONata template has each `{%
/// … %}` string turned into [Jsonata].
public sealed interface Expr {
  /// A constant. Its node is never changed.
  record Literal(JsonNode value) implements Expr {}

  /// A JSONPath as written: `$…` reads the current document, `$$…` the context object, `$name…` a
  /// variable.
  record Path(String text) implements Expr {}

  /// A call of a JSONPath intrinsic function such as `States.Format`.
  record Intrinsic(String name, List<Expr> args) implements Expr {
    public Intrinsic {
      args = List.copyOf(args);
    }
  }

  /// A JSONata expression, without its `{%` and `%}`.
  record Jsonata(String text) implements Expr {}

  /// An object template; the order of its members is kept.
  record Obj(Map<String, Expr> fields) implements Expr {
    public Obj {
      fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
    }
  }

  record Arr(List<Expr> items) implements Expr {
    public Arr {
      items = List.copyOf(items);
    }
  }
}
