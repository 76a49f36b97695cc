package io.gradus.asl.expr;

import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tests whose rows differ only in data. A row is `expression <- input => expected`; the input may
/// be left out. An expected failure is `! error: beginning of the cause`.
final class Table {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final Instant NOW = Instant.parse("2024-02-03T04:05:06.789Z");

  private static final String CONTEXT =
      """
      {"Execution":{"Id":"arn:e","Name":"run","Input":{"k":1}},"State":{"Name":"S"},
       "Map":{"Item":{"Index":2,"Value":{"v":9}}}}
      """;
  private static final Map<String, JsonNode> VARIABLES =
      Map.of("obj", json("{\"list\":[1,2,{\"deep\":3.5}],\"on\":true}"), "n", json("42"));

  private Table() {}

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  static Stream<Arguments> rows(String table) {
    return table
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(
            line -> {
              int expected = line.lastIndexOf(" => ");
              String question = line.substring(0, expected);
              int input = question.lastIndexOf(" <- ");
              return Arguments.of(
                  input < 0 ? question.strip() : question.substring(0, input).strip(),
                  input < 0 ? "{}" : question.substring(input + 4).strip(),
                  line.substring(expected + 4).strip());
            });
  }

  static Scope scope(String input) {
    return scope(json(input));
  }

  static Scope scope(JsonNode input) {
    return new Scope(
        input, () -> json(CONTEXT), VARIABLES::get, NOW, new Random(1)::nextLong, StageTrace.NONE);
  }

  /// The value as JSON text, or `! error: cause`.
  static String evaluate(QueryLanguage language, String text, String input) {
    return evaluate(language, text, json(input));
  }

  static String evaluate(QueryLanguage language, String text, JsonNode input) {
    Scope scope = scope(input);
    try {
      Expr expr =
          switch (language) {
            case JSONPATH -> Syntax.parseIntrinsicOrPath(text);
            case JSONATA -> new Expr.Jsonata(text);
          };
      String field = language == QueryLanguage.JSONATA ? "Output" : "x.$";
      return Flows.of(language).field(expr, scope.input(), field, scope).toString();
    } catch (EvaluationFailure failure) {
      return "! " + failure.error() + ": " + failure.causeText();
    } catch (IllegalArgumentException refused) {
      return "! refused: " + refused.getMessage();
    }
  }

  static DataFlow.JsonPath plainPaths() {
    return new DataFlow.JsonPath(
        DataFlow.JsonPath.ROOT,
        null,
        null,
        DataFlow.JsonPath.ROOT,
        DataFlow.JsonPath.ROOT,
        Map.of());
  }
}
