package io.gradus.asl.parse;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.ErrorPolicy.Catcher;
import io.gradus.asl.model.ErrorPolicy.Retrier;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;

/// Reads `Retry` and `Catch`.
final class ErrorPolicyParser {
  private static final Set<String> RETRIER =
      Set.of(
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy",
          "Comment");
  private static final Set<String> CATCHER =
      Set.of("ErrorEquals", "Next", "ResultPath", "Output", "Assign", "Comment");

  /// A year of 366 days, AWS's bound.
  private static final long MAX_DELAY = 31_622_400;

  private final Expressions expressions;

  ErrorPolicyParser(Expressions expressions) {
    this.expressions = expressions;
  }

  ErrorPolicy parse(Fields state, QueryLanguage language) {
    if (!state.has("Retry") && !state.has("Catch")) {
      return ErrorPolicy.NONE;
    }
    List<Retrier> retriers = new ArrayList<>();
    List<Fields> retry = state.objects("Retry", true);
    for (int i = 0; i < retry.size(); i++) {
      retriers.add(retrier(retry.get(i), i == retry.size() - 1));
    }
    List<Catcher> catchers = new ArrayList<>();
    List<Fields> catches = state.objects("Catch", true);
    for (int i = 0; i < catches.size(); i++) {
      Catcher catcher = catcher(catches.get(i), language, i == catches.size() - 1);
      if (catcher != null) {
        catchers.add(catcher);
      }
    }
    return new ErrorPolicy(retriers, catchers);
  }

  private static Retrier retrier(Fields fields, boolean last) {
    fields.only(RETRIER);
    fields.require("ErrorEquals");
    List<ErrorName> errors = errors(fields, last);
    fields.text("Comment");
    Long interval = fields.integer("IntervalSeconds", 0, Fields.MAX_SECONDS);
    Long attempts = fields.integer("MaxAttempts", 0, Fields.MAX_SECONDS);
    Double backoff = fields.number("BackoffRate", 1.0, Double.MAX_VALUE);
    Long maxDelay = fields.integer("MaxDelaySeconds", 1, MAX_DELAY);
    String jitter = fields.oneOf("JitterStrategy", List.of("NONE", "FULL"));
    if (maxDelay != null && interval != null && maxDelay <= interval) {
      fields
          .faults()
          .schema(
              "MaxDelaySeconds must be greater than IntervalSeconds", fields.at("MaxDelaySeconds"));
    }
    return new Retrier(
        errors,
        interval == null ? 1 : interval.intValue(),
        attempts == null ? 3 : attempts.intValue(),
        backoff == null ? 2.0 : backoff,
        maxDelay == null ? null : maxDelay.intValue(),
        "FULL".equals(jitter));
  }

  private @Nullable Catcher catcher(Fields fields, QueryLanguage language, boolean last) {
    fields.only(CATCHER);
    boolean complete = fields.require("ErrorEquals", "Next");
    StateFields.checkLanguage(fields, language);
    List<ErrorName> errors = errors(fields, last);
    fields.text("Comment");
    String next = fields.text("Next");
    expressions.catching(true);
    Expr.Path resultPath = null;
    Expr output = null;
    switch (language) {
      case JSONPATH -> resultPath = resultPath(expressions, fields);
      case JSONATA -> output = expressions.template(language, fields, "Output");
    }
    Map<String, Expr> assign = expressions.assign(language, fields);
    expressions.catching(false);
    return complete && next != null
        ? new Catcher(errors, new StateName(next), resultPath, output, assign)
        : null;
  }

  /// `ResultPath`: the whole document where it is absent, null where it is `null`.
  static Expr.@Nullable Path resultPath(Expressions expressions, Fields fields) {
    if (!fields.has("ResultPath")) {
      return io.gradus.asl.model.DataFlow.JsonPath.ROOT;
    }
    return fields.get("ResultPath") instanceof NullNode
        ? null
        : expressions.path(fields, "ResultPath", Expressions.PathKind.DOCUMENT_PLACE);
  }

  private static List<ErrorName> errors(Fields fields, boolean last) {
    List<ErrorName> errors = new ArrayList<>();
    ArrayNode names = fields.array("ErrorEquals", false);
    for (int i = 0; names != null && i < names.size(); i++) {
      Location at = fields.at("ErrorEquals").index(i);
      if (!names.get(i).isString()) {
        fields.faults().schema("Expected value of type [STRING]", at);
        continue;
      }
      ErrorName error = new ErrorName(names.get(i).stringValue());
      if (error.equals(ErrorName.ALL) && (names.size() > 1 || !last)) {
        fields.faults().schema("States.ALL must appear alone and at end of list", at);
      }
      errors.add(error);
    }
    return errors;
  }
}
