package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.expr.jsonpath.JsonPathFlow;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Condition.Operator;
import io.gradus.asl.model.Expr;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChoiceOperatorTest {
  private static final Flow FLOW = new JsonPathFlow();

  /// Each row says the same of the operator with a constant and, where there is one, with a path.
  @ParameterizedTest
  @MethodSource("comparisons")
  void compares(String operator, String values, String expected) {
    Operator op = operator(operator);
    String[] pair = values.split(" ~ ", 2);
    String input = "{\"v\":%s,\"w\":%s}".formatted(pair[0], pair[1]);
    Expr.Path variable = new Expr.Path("$.v");

    assertThat(test(op, variable, new Expr.Literal(Table.json(pair[1])), input))
        .isEqualTo(Boolean.valueOf(expected));
    if (op.comparesToPath()) {
      assertThat(test(op, variable, new Expr.Path("$.w"), input))
          .isEqualTo(Boolean.valueOf(expected));
    }
  }

  static Stream<Arguments> comparisons() {
    return Table.rows(
        """
        StringEquals              <- "a" ~ "a"                 => true
        StringEquals              <- "a" ~ "A"                 => false
        StringEquals              <- 1 ~ "1"                   => false
        StringEquals              <- "1" ~ 1                   => false
        StringEquals              <- null ~ "null"             => false
        StringLessThan            <- "a" ~ "b"                 => true
        StringLessThan            <- "b" ~ "b"                 => false
        StringLessThan            <- "B" ~ "a"                 => true
        StringGreaterThan         <- "b" ~ "a"                 => true
        StringGreaterThan         <- "a" ~ "a"                 => false
        StringLessThanEquals      <- "a" ~ "a"                 => true
        StringLessThanEquals      <- "b" ~ "a"                 => false
        StringGreaterThanEquals   <- "a" ~ "a"                 => true
        StringGreaterThanEquals   <- [] ~ "a"                  => false
        NumericEquals             <- 1 ~ 1.0                   => true
        NumericEquals             <- 1 ~ "1"                   => false
        NumericEquals             <- 9007199254740993 ~ 9007199254740992 => false
        NumericEquals             <- 0.1 ~ 0.10                => true
        NumericLessThan           <- -1 ~ 0.5                  => true
        NumericLessThan           <- 1 ~ 1                     => false
        NumericLessThan           <- true ~ 2                  => false
        NumericGreaterThan        <- 2 ~ 1.999                 => true
        NumericGreaterThan        <- 1e300 ~ 1e-300            => true
        NumericLessThanEquals     <- 1 ~ 1                     => true
        NumericGreaterThanEquals  <- 1 ~ 1.0                   => true
        NumericGreaterThanEquals  <- null ~ 1                  => false
        BooleanEquals             <- true ~ true               => true
        BooleanEquals             <- false ~ true              => false
        BooleanEquals             <- "true" ~ true             => false
        TimestampEquals           <- "2016-08-18T17:33:00Z" ~ "2016-08-18T19:33:00+02:00" => true
        TimestampEquals           <- "2016-08-18T17:33:00.000Z" ~ "2016-08-18T17:33:00Z"  => true
        TimestampEquals           <- "2016-08-18" ~ "2016-08-18"                          => false
        TimestampLessThan         <- "2016-08-18T17:33:00Z" ~ "2016-08-18T17:33:00.001Z"  => true
        TimestampGreaterThan      <- "2017-08-18T17:33:00Z" ~ "2016-08-18T17:33:00Z"      => true
        TimestampLessThanEquals   <- "2016-08-18T17:33:00Z" ~ "2016-08-18T17:33:00Z"      => true
        TimestampGreaterThanEquals <- "2016-08-18T17:33:00Z" ~ "2016-08-18T17:33:01Z"     => false
        TimestampGreaterThanEquals <- 1 ~ "2016-08-18T17:33:01Z"                          => false
        StringMatches             <- "foo.log" ~ "*.log"       => true
        StringMatches             <- "foo.lo" ~ "*.log"        => false
        StringMatches             <- "" ~ "*"                  => true
        StringMatches             <- "a*c" ~ "a\\\\*c"         => true
        StringMatches             <- "abc" ~ "a\\\\*c"         => false
        StringMatches             <- "a\\\\b" ~ "a\\\\\\\\b"   => true
        StringMatches             <- "aXbXc" ~ "a*b*c"         => true
        StringMatches             <- "abcbd" ~ "a*bd"          => true
        StringMatches             <- "a.c" ~ "a?c"             => false
        StringMatches             <- 5 ~ "*"                   => false
        IsNull                    <- null ~ true               => true
        IsNull                    <- 0 ~ true                  => false
        IsNull                    <- 0 ~ false                 => true
        IsPresent                 <- null ~ true               => true
        IsPresent                 <- null ~ false              => false
        IsNumeric                 <- 1.5 ~ true                => true
        IsNumeric                 <- "1" ~ true                => false
        IsString                  <- "1" ~ true                => true
        IsString                  <- null ~ false              => true
        IsBoolean                 <- false ~ true              => true
        IsBoolean                 <- "true" ~ true             => false
        IsTimestamp               <- "2016-08-18T17:33:00Z" ~ true  => true
        IsTimestamp               <- "2016-08-18T17:33:00" ~ true   => false
        IsTimestamp               <- "2016-13-18T17:33:00Z" ~ true  => false
        """);
  }

  @Test
  void everyOperatorHasARow() {
    List<String> tried = comparisons().map(row -> (String) row.get()[0]).distinct().toList();

    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Operator.values()).map(Operator::wireName).toList());
  }

  @Test
  void failsWhereNothingIsThereButForIsPresent() {
    Expr.Path nothing = new Expr.Path("$.a[9].b");
    Expr.Literal yes = new Expr.Literal(Table.json("true"));

    assertThat(test(Operator.IS_PRESENT, nothing, yes, "{\"a\":[]}")).isFalse();
    assertThatThrownBy(() -> test(Operator.IS_NULL, nothing, yes, "{\"a\":[]}"))
        .isInstanceOfSatisfying(
            EvaluationFailure.class, f -> assertThat(f.error().value()).isEqualTo("States.Runtime"))
        .hasMessage(
            "Invalid path '$.a[9].b': The choice state's condition path references an invalid"
                + " value.");
    assertThatThrownBy(
            () -> test(Operator.STRING_EQUALS, new Expr.Path("$.a"), nothing, "{\"a\":\"x\"}"))
        .hasMessageContaining("Invalid path '$.a[9].b'");
  }

  @Test
  void combinesConditions() {
    Condition yes = condition(Operator.IS_PRESENT, "$.a", "true");
    Condition no = condition(Operator.IS_NULL, "$.a", "true");
    Condition fails = condition(Operator.IS_NULL, "$.no", "true");

    assertThat(test(new Condition.And(List.of(yes, yes)))).isTrue();
    assertThat(test(new Condition.And(List.of(no, fails)))).isFalse();
    assertThat(test(new Condition.Or(List.of(no, yes, fails)))).isTrue();
    assertThat(test(new Condition.Or(List.of(no, no)))).isFalse();
    assertThat(test(new Condition.Not(no))).isTrue();
    assertThatThrownBy(() -> test(new Condition.Or(List.of(no, fails))))
        .isInstanceOf(EvaluationFailure.class);
  }

  private static Condition condition(Operator operator, String path, String constant) {
    return new Condition.Comparison(
        new Expr.Path(path), operator, new Expr.Literal(Table.json(constant)));
  }

  private static boolean test(Condition condition) {
    Scope scope = Table.scope("{\"a\":1}");
    return FLOW.test(condition, scope.input(), scope);
  }

  private static boolean test(Operator operator, Expr.Path variable, Expr operand, String input) {
    Scope scope = Table.scope(input);
    return FLOW.test(new Condition.Comparison(variable, operator, operand), scope.input(), scope);
  }

  private static Operator operator(String name) {
    return Arrays.stream(Operator.values())
        .filter(o -> o.wireName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
