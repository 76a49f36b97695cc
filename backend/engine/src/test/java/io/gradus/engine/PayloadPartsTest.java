package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadPartsTest {
  private static final Payload WHOLE =
      Payload.ofText(
          """
          { "a" : [ 1, {"b": [ ] , "c":[true ,"é, ]"] }, -1.50 ] , "d": {}, "a b": [[0]], "e" : "x" }""");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /a | [ 1, {"b": [ ] , "c":[true ,"é, ]"] }, -1.50 ]
          /a/1 | {"b": [ ] , "c":[true ,"é, ]"] }
          /a/1/b | [ ]
          /a/1/c | [true ,"é, ]"]
          /a/2 | -1.50
          /d | {}
          /a b/0 | [0]
          /e | "x"
          """)
  void everyPartIsFoundAsItIsWritten(String pointer, String text) {
    assertThat(PayloadParts.of(WHOLE, WHOLE.json().at(pointer))).hasToString(text);
  }

  @Test
  void whatIsEqualButNotOfTheWholeIsNone() {
    assertThat(PayloadParts.of(WHOLE, PayloadJson.MAPPER.readTree("[[0]]"))).isNull();
  }

  @Test
  void ofMembersWithOneNameTheLastCounts() {
    Payload twice = Payload.ofText("{\"a\": [ 1 ], \"a\": [ 2 ]}");

    assertThat(PayloadParts.of(twice, twice.json().path("a"))).isNull();
  }

  @Test
  void arraysKeepTheTextOfTheirElements() {
    Payload known = Payload.ofText("{ }");
    known.json();

    assertThat(Payload.array(List.of())).hasToString("[]");
    assertThat(Payload.array(List.of(known, Payload.ofText(" 1.0")))).hasToString("[{ }, 1.0]");
    assertThat(Payload.array(List.of(known)).json()).isEqualTo(PayloadJson.MAPPER.readTree("[{}]"));
  }
}
