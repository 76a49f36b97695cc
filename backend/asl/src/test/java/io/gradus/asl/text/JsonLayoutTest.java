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
  void showsPeopleWhatIsEscapedAsLongAsItCanBeSeen() {
    String[][] rows = {
      {"Zo\\u00eb", "Zoë"},
      {"\\u5C71\\u7530 \\u0041", "山田 A"},
      {"\\ud83d\\ude00", "😀"},
      {"e\\u0301", "e\u0301"},
      {"\\\\u0041", "\\\\u0041"},
      {"\\\\\\u00e9", "\\\\é"},
      {"\\u0022 \\u005c \\\" \\n", "\\u0022 \\u005c \\\" \\n"},
      {"\\u0000\\u001b\\u007f", "\\u0000\\u001b\\u007f"},
      {"\\u202e\\u200b\\ufeff\\u2028\\u00a0", "\\u202e\\u200b\\ufeff\\u2028\\u00a0"},
      {"\\ud83d", "\\ud83d"},
      {"\\ude00\\ud83d\\u00e9", "\\ude00\\ud83dé"},
      {"\\ue000", "\\ue000"},
    };
    for (String[] row : rows) {
      assertThat(JsonLayout.readable("{\"" + row[0] + "\":\"" + row[0] + "\"}"))
          .as(row[0])
          .isEqualTo("{\n  \"" + row[1] + "\": \"" + row[1] + "\"\n}");
    }
    assertThat(JsonLayout.readable("\\u00e9")).isNull();
  }

  @Test
  void saysNothingOfWhatIsNotJson() {
    assertThat(JsonLayout.indented("{\"a\":")).isNull();
    assertThat(JsonLayout.indented("{} {}")).isNull();
    assertThat(JsonLayout.indented("")).isNull();
    assertThat(JsonLayout.indented("[".repeat(5_000) + "]".repeat(5_000))).isNull();
  }

  /// A payload of AWS's size, which whoever may start an execution makes others look at.
  @Test
  void indentationDoesNotGrowWithoutEnd() {
    String json = "[".repeat(1_000) + "1,".repeat(130_000) + "1" + "]".repeat(1_000);

    String laidOut = Objects.requireNonNull(JsonLayout.indented(json));

    assertThat(laidOut.length()).isLessThan(5_000_000);
    assertThat(laidOut.replaceAll("\\s", "")).isEqualTo(json);
    assertThat(JsonLayout.indented(laidOut)).isEqualTo(laidOut);
  }
}
