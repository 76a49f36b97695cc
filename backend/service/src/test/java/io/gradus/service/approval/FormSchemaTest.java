package io.gradus.service.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.approval.InvalidRequest;
import io.gradus.service.approval.FormField.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FormSchemaTest {
  private static JsonNode json(String text) {
    return PayloadJson.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static FormSchema of(String properties) throws InvalidRequest {
    return FormSchema.parse(json("{'type':'object','properties':{" + properties + "}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'type':'string'} | TEXT",
        "{'type':'string','maxLength':2000} | LINES",
        "{'type':'string','format':'textarea'} | LINES",
        "{'type':'string','format':'date'} | DATE",
        "{'type':'number'} | NUMBER",
        "{'type':'integer'} | INTEGER",
        "{'type':'boolean'} | BOOLEAN",
        "{'enum':['a','b']} | CHOICE",
        "{'oneOf':[{'const':1,'title':'One'}]} | CHOICE",
        "{'type':'array','items':{'enum':['a']}} | CHOICES"
      })
  void aPropertyIsAFieldOfItsKind(String property, Kind kind) throws InvalidRequest {
    assertThat(of("'a':" + property).fields())
        .singleElement()
        .satisfies(field -> assertThat(field.kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'x' | Form",
        "{} | Form.properties",
        "{'type':'array'} | Form.type",
        "{'properties':{'a':{'type':'object'}}} | Form.properties.a",
        "{'properties':{'a':{'type':'string','minLength':-1}}} | Form.properties.a.minLength",
        "{'properties':{'a':{'$ref':'#/properties/b'},'b':{'type':'string'}}} | Form.properties.a.$ref",
        "{'properties':{'a':{'allOf':[{'$ref':'http://127.0.0.1/x'}]}}} | Form.properties.a.allOf[0].$ref",
        "{'$id':'http://x/y','properties':{'a':{'type':'string'}}} | Form.$id",
        "{'properties':{'a':{'type':'string'}},'required':['b']} | Form.required"
      })
  void whatNobodyCouldFillInIsRefusedWithItsPlace(String schema, String place) {
    assertThatThrownBy(() -> FormSchema.parse(json(schema)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageStartingWith("The field '" + place + "' ");
  }

  @Test
  void faultsAreToldByField() throws InvalidRequest {
    FormSchema form =
        FormSchema.parse(
            json(
                "{'type':'object','required':['a'],'additionalProperties':false,'properties':{"
                    + "'a':{'type':'string','minLength':3},'d':{'type':'string','format':'date'},"
                    + "'n':{'type':'integer','maximum':5}}}"));

    assertThat(form.faults(json("{'a':'abc','d':'2026-12-01','n':5}"))).isEmpty();
    assertThat(form.faults(json("{}"))).isEqualTo(Map.of("a", "Needs an answer"));
    assertThat(form.faults(json("{'a':'x','d':'soon','n':9}"))).containsOnlyKeys("a", "d", "n");
    assertThat(form.faults(json("{'a':'abc','z':1}"))).isNotEmpty();
  }

  @Test
  @Timeout(10)
  void aPatternWithoutEndIsNoMatch() throws InvalidRequest {
    FormSchema form = of("'a':{'type':'string','pattern':'^(a+)+$'}");
    long before = System.nanoTime();

    assertThat(form.faults(json("{'a':'" + "a".repeat(60) + "!'}"))).containsKey("a");

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }
}
