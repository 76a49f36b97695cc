package io.gradus.asl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class JsonLayoutTest {
  @Test
  void laysOutAMemberToALineAndKeepsEveryLetter() {
    String json = "{\"b\":[1e400,-0.10],\"a\" : { },\"b\":\"x\\\"{[,:\\u00e9\"}";

    assertThat(JsonLayout.indented(json))
        .isEqualTo(
            """
            {
              "b": [
                1e400,
                -0.10
              ],
              "a": {},
              "b": "x\\"{[,:\\u00e9"
            }""");
  }

  @Test
  void changesNothingThatIsLaidOutAlready() {
    String once = Objects.requireNonNull(JsonLayout.indented("[{\"a\":[[]]},\"\",null]"));

    assertThat(JsonLayout.indented(once)).isEqualTo(once);
  }

  @Test
  void saysNothingOfWhatIsNotJson() {
    assertThat(JsonLayout.indented("{\"a\":")).isNull();
    assertThat(JsonLayout.indented("{} {}")).isNull();
    assertThat(JsonLayout.indented("")).isNull();
    assertThat(JsonLayout.indented("[".repeat(5_000) + "]".repeat(5_000))).isNull();
  }
}
