package io.gradus.asl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  private static final String MACHINE =
      """
      {
        "Comment": "yes",
        "QueryLanguage": "JSONata",
        "StartAt": "Ask: who?",
        "States": {
          "Ask: who?": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "ask",
              "Payload": "{% $merge([$states.input, {\\"n\\": 1}]) %}"
            },
            "Output": "{% (\\n  $a := 1;\\n\\n  $a\\n) %}",
            "Catch": [
              {
                "ErrorEquals": [
                  "States.ALL"
                ],
                "Next": "007"
              }
            ],
            "Retry": [],
            "Next": "007"
          },
          "007": {
            "Type": "Pass",
            "Output": {},
            "End": true
          }
        }
      }""";

  @Test
  void writesBlocksThatPeopleRead() {
    assertThat(Yaml.ofJson(MACHINE))
        .isEqualTo(
            """
            Comment: "yes"
            QueryLanguage: JSONata
            StartAt: "Ask: who?"
            States:
              "Ask: who?":
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments:
                  FunctionName: ask
                  Payload: '{% $merge([$states.input, {"n": 1}]) %}'
                Output: |-
                  {% (
                    $a := 1;

                    $a
                  ) %}
                Catch:
                  - ErrorEquals:
                      - States.ALL
                    Next: "007"
                Retry: []
                Next: "007"
              "007":
                Type: Pass
                Output: {}
                End: true
            """);
  }

  @Test
  void comesBackAsTheSameJson() {
    assertThat(Yaml.toJson(Objects.requireNonNull(Yaml.ofJson(MACHINE))))
        .isEqualTo(new Yaml.Json(MACHINE));
  }

  /// Whatever JSON can say, letter for letter once it is laid out.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789012345678901234567890",
        "-0",
        "1E400",
        "0.10000000000000000000000000001",
        "null",
        "true",
        "\"\"",
        "\" \"",
        "\"null\"",
        "\"True\"",
        "\"1e3\"",
        "\"-\"",
        "\"- a\"",
        "\"a: b\"",
        "\"a #b\"",
        "\"#a\"",
        "\"a:\"",
        "\"'\"",
        "\"it's \\\"so\\\" \\\\ here\"",
        "\"*a\"",
        "\"&a\"",
        "\"!a\"",
        "\"%a\"",
        "\"@a\"",
        "\"`a\"",
        "\"? a\"",
        "\"2024-01-01\"",
        "\".5\"",
        "\"0x1F\"",
        "\"~\"",
        "\"---\"",
        "\"a\\n---\\nb\"",
        "\"a\\nb\"",
        "\"a\\nb\\n\"",
        "\"a\\nb\\n\\n\"",
        "\"\\n\"",
        "\"\\na\"",
        "\" a\\nb\"",
        "\"a\\n  b\"",
        "\"a \\nb\"",
        "\"a\\n \\nb\"",
        "\"a\\n\\nb\"",
        "\"a\\r\\nb\"",
        "\"a\\tb\"",
        "\"\\ta\\nb\"",
        "\"\\u0000\\u001f\\u007f\\u0085\"",
        "\"\\u2028\\ufeff\\ufffe\"",
        "\"\\ud800\"",
        "\"\\ud800x\"",
        "\"😀 é\"",
        "[]",
        "{}",
        "[[],{},[[\"a\",[1]]],{\"a\":[]}]",
        "{\"\":1,\" \":2,\"a b\":3,\"null\":4,\"1\":5,\"b\":6,\"a\":7}",
        "{\"a\":[{\"b\":\"x\\ny\",\"c\":[\"x\\ny\"]}]}",
        "{\"<<\":{\"a\":1},\"=\":2}",
      })
  void keepsWhatJsonCanSay(String json) {
    String yaml = Objects.requireNonNull(Yaml.ofJson(json));

    assertThat(Yaml.toJson(yaml))
        .as(yaml)
        .isEqualTo(new Yaml.Json(Objects.requireNonNull(JsonLayout.indented(json))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: &x 1'                | 1 |  4 | Anchors
          'a: *x'                  | 1 |  4 | Aliases
          'a: !Sub x'              | 1 |  4 | Tags
          'a: !!str 1'             | 1 |  4 | Tags
          'a: 1;b: 2;a: 3'         | 3 |  1 | Duplicate key 'a'
          '[1]: 2'                 | 1 |  1 | A key must be a text
          'a: 1;---;b: 2'          | 2 |  1 | Only one
          'a: 0x1F'                | 1 |  4 | JSON can't say
          'a: .inf'                | 1 |  4 | JSON can't say
          'a: [1'                  | 1 |  6 | Invalid YAML
          'a: b: c'                | 1 |  5 | Invalid YAML
          'a: "x'                  | 1 |  6 | Invalid YAML
          ''                       | 1 |  1 | nothing written
          '# only a comment'       | 1 |  1 | nothing written
          """)
  void saysWhatItDoesNotTakeAndWhere(String yaml, int line, int column, String message) {
    assertThat(Yaml.toJson(yaml.replace(';', '\n')))
        .isInstanceOfSatisfying(
            Yaml.Fault.class,
            fault -> {
              assertThat(fault.message()).contains(message);
              assertThat(fault.line()).isEqualTo(line);
              assertThat(fault.column()).isEqualTo(column);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void standsWhateverIsDeep(String opening) {
    assertThat(Yaml.toJson(opening.repeat(100_000))).isInstanceOf(Yaml.Fault.class);
  }

  @Test
  void takesWhatPeopleWriteByHand() {
    String yaml =
        """
        # what it does
        StartAt: A   # begins here
        States: {A: {Type: Pass, Result: [1, yes, Off, ~, True], End: true}}
        Long: >
          one
          line
        """;

    assertThat(Yaml.toJson(yaml))
        .isEqualTo(
            new Yaml.Json(
                Objects.requireNonNull(
                    JsonLayout.indented(
                        """
                        {"StartAt":"A","States":{"A":{"Type":"Pass",\
                        "Result":[1,"yes","Off",null,true],"End":true}},"Long":"one line\\n"}"""))));
  }

  @Test
  void findsLocations() {
    String yaml = Objects.requireNonNull(Yaml.ofJson(MACHINE));

    var places =
        Yaml.places(
            yaml,
            List.of(
                "/States/Ask: who?/Catch[0]/Next",
                "/States/Ask: who?/Catch[0]/Missing",
                "/States/007",
                "/Nowhere",
                ""));

    assertThat(places)
        .containsEntry("/States/Ask: who?/Catch[0]/Next", new Yaml.Place(20, 9))
        .containsEntry("/States/Ask: who?/Catch[0]/Missing", new Yaml.Place(18, 9))
        .containsEntry("/States/007", new Yaml.Place(23, 3))
        .containsEntry("/Nowhere", new Yaml.Place(1, 1))
        .containsEntry("", new Yaml.Place(1, 1));
  }

  /// In both languages indentation would make a small text a thousand times as long.
  @Test
  void whatIsNestedDeepDoesNotGrowWithoutEnd() {
    String deep = "[".repeat(490) + "1,".repeat(300_000) + "1" + "]".repeat(490);

    assertThat(Yaml.toJson(deep))
        .isInstanceOfSatisfying(
            Yaml.Fault.class, fault -> assertThat(fault.message()).startsWith("As JSON this is"));
    assertThat(Yaml.ofJson(deep)).isNull();
  }
}
