package io.gradus.asl.expr;

import io.gradus.asl.expr.jsonata.JsonataFlow;
import io.gradus.asl.expr.jsonpath.JsonPathFlow;
import io.gradus.asl.model.QueryLanguage;

/// The two flows; both are stateless but for their bounded caches of compiled expressions.
final class Flows {
  private static final Flow JSONPATH = new JsonPathFlow();
  private static final Flow JSONATA = new JsonataFlow();

  private Flows() {}

  static Flow of(QueryLanguage language) {
    return switch (language) {
      case JSONPATH -> JSONPATH;
      case JSONATA -> JSONATA;
    };
  }
}
