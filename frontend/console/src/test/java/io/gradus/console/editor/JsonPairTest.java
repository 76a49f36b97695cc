package io.gradus.console.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.console.editor.CodeEditor.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two payloads laid out so that only what they say differs.
class JsonPairTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # members come in the left one's order, others behind them
          {"a":1,"b":2} | {"b":2,"a":1} | {"a":1,"b":2} | {"a":1,"b":2}
          {"b":2,"a":1} | {"c":3,"a":1,"b":2} | {"b":2,"a":1} | {"b":2,"a":1,"c":3}
          {"o":{"x":1,"y":2}} | {"o":{"y":3,"x":1}} | {"o":{"x":1,"y":2}} | {"o":{"x":1,"y":3}}
          [{"x":1,"y":2}] | [{"y":2,"x":1},{"z":0,"y":1}] | [{"x":1,"y":2}] | [{"x":1,"y":2},{"z":0,"y":1}]
          # a member that is there twice stays there twice
          {"b":1,"a":2} | {"a":1,"b":2,"a":3} | {"b":1,"a":2} | {"b":2,"a":1,"a":3}
          # numbers stay as they were written, strings are escaped alike
          [1.10,1e400,-0] | [12345678901234567890123] | [1.10,1e400,-0] | [12345678901234567890123]
          ["\\u00e9\\/"] | ["é/"] | ["é/"] | ["é/"]
          ["a\\u202eb"] | [""] | ["a\\u202eb"] | [""]
          # unlike things
          {"a":{"b":1}} | {"a":[1]} | {"a":{"b":1}} | {"a":[1]}
          null | true | null | true
          """)
  void onlyWhatTheySayDiffers(String left, String right, String first, String second) {
    JsonPair pair = JsonPair.of(left, right);

    assertThat(pair.mode()).isEqualTo(Mode.JSON);
    assertThat(pair.cut()).isFalse();
    assertThat(closed(pair.left())).isEqualTo(first);
    assertThat(closed(pair.right())).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"b":1,"a":2} | no json
          no json | {"b":1,"a":2}
          {} {} | {}
          {"a": | {}
          """)
  void whatIsNoJsonStaysAsItIs(String left, String right) {
    assertThat(JsonPair.of(left, right)).isEqualTo(new JsonPair(left, right, Mode.TEXT, false));
  }

  @Test
  void ofWhatIsLongTheBeginningIsCompared() {
    String longer = "[" + "1,".repeat(JsonView.SHOWN) + "1]";

    JsonPair pair = JsonPair.of("[1]", longer);

    assertThat(pair.cut()).isTrue();
    assertThat(pair.mode()).isEqualTo(Mode.TEXT);
    assertThat(pair.left()).isEqualTo("[1]");
    assertThat(pair.right()).hasSize(JsonView.SHOWN);
  }

  @Test
  void whatBecomesLongByBeingLaidOutIsCutToo() {
    String wide = "[" + "1,".repeat(JsonView.SHOWN / 2 - 2) + "1]";

    JsonPair pair = JsonPair.of(wide, "[2]");

    assertThat(pair.cut()).isTrue();
    assertThat(pair.mode()).isEqualTo(Mode.JSON);
    assertThat(pair.left()).hasSize(JsonView.SHOWN);
  }

  @Test
  void whatIsNestedTooDeepIsText() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(JsonPair.of(deep, "[1]").mode()).isEqualTo(Mode.TEXT);
  }

  private static String closed(String laidOut) {
    return laidOut.replaceAll("\\s", "");
  }
}
