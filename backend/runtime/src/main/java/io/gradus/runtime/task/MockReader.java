package io.gradus.runtime.task;

import io.gradus.asl.expr.Syntax;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.engine.Payload;
import io.gradus.runtime.task.MockedResult.Given;
import io.gradus.runtime.task.Mocks.ByVisit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the mocks of one state; what is not of the form is refused with a sentence that names it.
final class MockReader {
  /// AWS's longest function: nothing that a mock stands in for takes longer.
  private static final int MAX_DELAY_SECONDS = 900;

  private static final Set<String> MEMBERS =
      Set.of("return", "throw", "mocks", "delaySeconds", "when");

  private final String state;

  private MockReader(String state) {
    this.state = state;
  }

  static ByVisit state(String name, JsonNode given) {
    return new MockReader(name).byVisit(given);
  }

  private ByVisit byVisit(JsonNode given) {
    boolean counted = given.isArray() && !given.isEmpty() && given.get(0).isArray();
    if (!counted) {
      return new ByVisit(List.of(results(given)), false);
    }
    List<List<MockedResult>> visits = new ArrayList<>();
    for (JsonNode visit : given) {
      visits.add(results(visit));
    }
    return new ByVisit(visits, true);
  }

  private List<MockedResult> results(JsonNode given) {
    if (!given.isArray() || given.isEmpty()) {
      throw new IllegalArgumentException(
          "Mocks of state '"
              + state
              + "' must be a list of at least one result, or a list of such lists, one for each"
              + " time the state is entered");
    }
    List<MockedResult> results = new ArrayList<>();
    for (JsonNode one : given) {
      results.add(result(one));
    }
    return List.copyOf(results);
  }

  private MockedResult result(JsonNode given) {
    JsonNode result = given.get("return");
    JsonNode thrown = given.get("throw");
    JsonNode child = given.get("mocks");
    if (!given.isObject()
        || Stream.of(result, thrown, child).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException(
          "Each mock of state '"
              + state
              + "' must have exactly one of 'return', 'throw' and 'mocks'");
    }
    for (String member : given.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw new IllegalArgumentException(
            "Each mock of state '"
                + state
                + "' may have 'return', 'throw' or 'mocks', 'delaySeconds' and 'when', but not '"
                + member
                + "'");
      }
    }
    return new MockedResult(
        condition(given.get("when")),
        child != null
            ? child(child, given)
            : result != null ? new Given.Return(template(result)) : error(thrown),
        delay(given.get("delaySeconds")));
  }

  private Given child(JsonNode mocks, JsonNode given) {
    if (given.has("delaySeconds")) {
      throw new IllegalArgumentException(
          "Mocks of state '"
              + state
              + "': an execution that is started takes its own time, so 'mocks' goes without"
              + " 'delaySeconds'");
    }
    Payload payload = Payload.of(mocks);
    try {
      Mocks.parse(payload.bytes());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Mocks of state '" + state + "', for the execution that it starts: " + e.getMessage(), e);
    }
    return new Given.Child(payload);
  }

  private @Nullable Expr condition(@Nullable JsonNode when) {
    if (when == null || (when.isString() && template(when) instanceof Expr.Jsonata)) {
      return when == null ? null : template(when);
    }
    throw new IllegalArgumentException(
        "Mocks of state '" + state + "': 'when' must be a JSONata expression, {% … %}");
  }

  private Duration delay(@Nullable JsonNode seconds) {
    if (seconds == null) {
      return Duration.ZERO;
    }
    double value = seconds.isNumber() ? seconds.doubleValue() : -1;
    if (value >= 0 && value <= MAX_DELAY_SECONDS) {
      return Duration.ofMillis(Math.round(value * 1_000));
    }
    throw new IllegalArgumentException(
        "Mocks of state '" + state + "': 'delaySeconds' must be a number from 0 to 900");
  }

  private Given error(@Nullable JsonNode thrown) {
    JsonNode error = thrown == null ? null : thrown.get("error");
    JsonNode cause = thrown == null ? null : thrown.get("cause");
    if (error == null || !error.isString() || (cause != null && !cause.isString())) {
      throw new IllegalArgumentException(
          "A 'throw' of state '" + state + "' must have a string 'error' and may have a 'cause'");
    }
    return new Given.Throw(
        new ErrorName(error.stringValue()), cause == null ? null : cause.stringValue());
  }

  /// `{% … %}` anywhere in it is an expression, as in a JSONata state.
  private Expr template(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue().strip();
      return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4
          ? expression(text.substring(2, text.length() - 2).strip())
          : new Expr.Literal(value);
    }
    if (value.isObject()) {
      Map<String, Expr> members = new LinkedHashMap<>();
      value.properties().forEach(e -> members.put(e.getKey(), template(e.getValue())));
      return members.values().stream().allMatch(Expr.Literal.class::isInstance)
          ? new Expr.Literal(value)
          : new Expr.Obj(members);
    }
    if (value.isArray()) {
      List<Expr> items = new ArrayList<>();
      value.forEach(item -> items.add(template(item)));
      return items.stream().allMatch(Expr.Literal.class::isInstance)
          ? new Expr.Literal(value)
          : new Expr.Arr(items);
    }
    return new Expr.Literal(value);
  }

  private Expr expression(String text) {
    String fault = Syntax.jsonataFault(text);
    if (fault != null) {
      throw new IllegalArgumentException(
          "Mocks of state '" + state + "': '" + text + "' is not a JSONata expression: " + fault);
    }
    return new Expr.Jsonata(text);
  }
}
