package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Numbers as payloads have them: with all their digits, and beyond what a double holds.
class HardNumberTest {
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @ParameterizedTest
  @MethodSource("comparisons")
  void comparesExactly(String operator, String pair, String expected) {
    String[] values = pair.split(" ~ ", 2);
    JsonNode input = EXACT.readTree("{\"v\":%s}".formatted(values[0]));
    Condition condition =
        new Condition.Comparison(
            new Expr.Path("$.v"),
            Condition.Operator.valueOf(operator),
            new Expr.Literal(EXACT.readTree(values[1])));

    assertThat(Flows.of(QueryLanguage.JSONPATH).test(condition, input, Table.scope(input)))
        .isEqualTo(Boolean.valueOf(expected));
  }

  static Stream<Arguments> comparisons() {
    return Table.rows(
        """
        NUMERIC_EQUALS       <- 1.50 ~ 1.5                                   => true
        NUMERIC_EQUALS       <- 1e2 ~ 100                                    => true
        NUMERIC_EQUALS       <- 0.1000000000000000055 ~ 0.1                  => false
        NUMERIC_EQUALS       <- 12345678901234567890 ~ 12345678901234567891  => false
        NUMERIC_GREATER_THAN <- 1e400 ~ 1e300                                => true
        NUMERIC_GREATER_THAN <- 1e400 ~ 1e399                                => true
        NUMERIC_LESS_THAN    <- -1e400 ~ 1                                   => true
        NUMERIC_LESS_THAN    <- 1e-999999999 ~ 1                             => true
        NUMERIC_GREATER_THAN <- 1e999999999 ~ 1e999999998                    => true
        NUMERIC_EQUALS       <- 1e999999999 ~ 1e999999999                    => true
        NUMERIC_LESS_THAN    <- 1 ~ 1e999999999                              => true
        """);
  }

  /// Whatever the number, there is a value or AWS's error, at once.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.50",
        "1e400",
        "-1e400",
        "1e-400",
        "1e999999999",
        "1e-999999999",
        "-0.0",
        "12345678901234567890",
        "0.30000000000000000000000000000000001"
      })
  void everyFunctionTakesEveryNumber(String number) {
    JsonNode input = EXACT.readTree("{\"n\":%s,\"a\":[%s,1]}".formatted(number, number));
    for (String call :
        new String[] {
          "$.n",
          "$.a[?(@ > 0)]",
          "$.a.sum()",
          "States.MathAdd($.n, 1)",
          "States.Array($.n)",
          "States.MathRandom($.n, 5)",
          "States.ArrayRange($.n, 5, 1)",
          "States.ArrayUnique($.a)",
          "States.ArrayContains($.a, 1)",
          "States.ArrayGetItem($.a, $.n)",
          "States.Format('{}', $.n)",
          "States.ArrayPartition($.a, $.n)",
          "States.JsonToString($)",
          "States.Hash($.n, 'MD5')"
        }) {
      assertThat(evaluate(QueryLanguage.JSONPATH, call, input)).as(call).isNotEmpty();
    }
    for (String text :
        new String[] {
          "$states.input",
          "$states.input.n",
          "$states.input.n + 1",
          "-$states.input.n",
          "$states.input.n * 0",
          "$string($states.input.n)",
          "$round($states.input.n, 3)",
          "$sum($states.input.a)",
          "$states.input.a^($)",
          "$states.input.n > 1",
          "$states.input.n = $states.input.n",
          "$formatNumber($states.input.n, '0.0')",
          "$formatInteger($states.input.n, 'w')",
          "$fromMillis($states.input.n)",
          "$pad('x', $states.input.n)",
          "$range(0, $states.input.n, 1)",
          "[1..$states.input.n]",
          "$power($states.input.n, 2)",
          "$number($string($states.input.n))",
          "$random($states.input.n)"
        }) {
      assertThat(evaluate(QueryLanguage.JSONATA, text, input)).as(text).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("digits")
  void keepsDigits(String text, String input, String expected) {
    QueryLanguage language = text.startsWith("A ") ? QueryLanguage.JSONATA : QueryLanguage.JSONPATH;
    assertThat(evaluate(language, text.substring(2), EXACT.readTree(input))).isEqualTo(expected);
  }

  static Stream<Arguments> digits() {
    return Table.rows(
        """
        P $.n                                 <- {"n":1.50}                 => 1.50
        P States.JsonToString($)              <- {"n":1.50}                 => "{\\"n\\":1.50}"
        P States.StringToJson('1.50')                                       => 1.50
        P States.ArrayUnique($.a)             <- {"a":[9007199254740992,9007199254740993]} => [9007199254740992,9007199254740993]
        P States.Format('{}', $.n)            <- {"n":12345678901234567890} => "12345678901234567890"
        A $states.input                       <- {"n":1.50}                 => {"n":1.50}
        A $states.input.n * 2                 <- {"n":1.50}                 => 3
        A $states.input.n                     <- {"n":9007199254740993}     => 9007199254740993
        A $parse('{"n":1.50}')                                              => {"n":1.50}
        """);
  }

  private static String evaluate(QueryLanguage language, String text, JsonNode input) {
    Scope scope = Table.scope(input);
    Expr expr =
        language == QueryLanguage.JSONATA
            ? new Expr.Jsonata(text)
            : Syntax.parseIntrinsicOrPath(text);
    try {
      return Flows.of(language).field(expr, input, "Output", scope).toString();
    } catch (EvaluationFailure failure) {
      return failure.error() + ": " + failure.causeText();
    }
  }
}
