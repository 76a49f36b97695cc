package io.gradus.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TriggerInputTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final JsonNode EVENT =
      PayloadJson.MAPPER.readTree(
          "{\"id\":\"e\",\"detail\":{\"order\":7,\"lines\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
                                                                | {"id":"e","detail":{"order":7,"lines":[{"sku":"a"},{"sku":"b"}]}}
          "$.detail.order"                                      | 7
          "$"                                                   | {"id":"e","detail":{"order":7,"lines":[{"sku":"a"},{"sku":"b"}]}}
          {"a":1}                                               | {"a":1}
          [1,"x"]                                               | [1,"x"]
          "plain"                                               | "plain"
          {"order.$":"$.detail.order","by":"hook"}              | {"order":7,"by":"hook"}
          {"in":{"skus.$":"$.detail.lines[*].sku"}}             | {"in":{"skus":["a","b"]}}
          {"n.$":"States.Format('{}-{}', $.id, $$.Trigger.Name)"} | {"n":"e-nightly"}
          "{% $states.input.detail.order + 1 %}"                | 8
          {"skus":"{% $states.input.detail.lines.sku %}","k":1} | {"skus":["a","b"],"k":1}
          {"by":"{% $states.context.Trigger.Name %}"}           | {"by":"nightly"}
          """)
  void aTemplateMakesTheInput(@Nullable String template, String input) {
    assertThat(TriggerInput.parse(template).of(EVENT, "nightly", NOW)).isEqualTo(input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":                       | is not JSON
          {"a":1} x                   | is not JSON
          "{% $states.input. %}"      | cannot be evaluated
          {"a.$":"no path"}           | cannot be evaluated
          "$..["                      | cannot be evaluated
          """)
  void aBadTemplateIsToldWhatIsWrongWithIt(String template, String sentence) {
    assertThatThrownBy(() -> TriggerInput.parse(template))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aTemplateThatDoesNotFitTheEventFails() {
    TriggerInput input = TriggerInput.parse("\"$.nowhere\"");
    assertThatThrownBy(() -> input.of(EVENT, "t", NOW)).isInstanceOf(EvaluationFailure.class);
  }

  @Test
  void aTemplateIsBounded() {
    String loop = "{\"a\":\"{% ($f := function($n) {$f($n) + 1}; $f(1)) %}\"}";
    assertThatThrownBy(() -> TriggerInput.parse(loop).of(EVENT, "t", NOW))
        .isInstanceOf(EvaluationFailure.class);
    assertThatThrownBy(() -> TriggerInput.parse("\"" + "x".repeat(TriggerInput.MAX_BYTES) + "\""))
        .isInstanceOf(Refusal.class);
  }
}
