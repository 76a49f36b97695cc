package io.gradus.asl.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gradus.asl.parse.Diagnostic.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts that are no definition, or a hostile one: each is a fault with a code and a place, never
/// an exception.
class SourceTest {
  @ParameterizedTest
  @MethodSource
  void brokenText(String text, Code code, String message, int line, int column) {
    assertThat(DefinitionParser.parse(text).diagnostics())
        .first()
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(code);
              assertThat(fault.message()).contains(message);
              assertThat(fault.line()).isEqualTo(line);
              assertThat(fault.column()).isEqualTo(column);
            });
  }

  static Stream<Arguments> brokenText() {
    Code json = Code.INVALID_JSON_DESCRIPTION;
    String start =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true,\"Result\":";
    return Stream.of(
        arguments("", Code.MISSING_DESCRIPTION, "null or empty", 0, 0),
        arguments("{\n  'a': 1}", json, "was expecting double-quote to start field name", 2, 3),
        arguments("{\"a\":1}\n{}", json, "Trailing token", 2, 1),
        arguments("{\"a\":", json, "Unexpected end-of-input", 1, 6),
        arguments(
            "{\"a\":1",
            json,
            "Unexpected end-of-input: expected close marker for Object (start marker at"
                + " [Source: (String)\"{\"a\":1\"; line: 1, column: 1])\n at [Source: ",
            1,
            7),
        arguments(
            "{\n [1",
            json,
            "Unexpected character ('[' (code 91)): was expecting double-quote to start field name",
            2,
            2),
        arguments(
            "{\"a\" 1}",
            json,
            "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and"
                + " value",
            1,
            6),
        arguments("[1]", Code.SCHEMA_VALIDATION_FAILED, "must be a valid JSON object", 1, 1),
        arguments(start + "1e999}}}", json, "out of range", 1, start.length() + 1),
        arguments(start + "NaN}}}", json, "Non-standard token 'NaN'", 1, start.length() + 4),
        arguments(start + "\"\\ud800\"}}}", json, "Broken surrogate", 1, start.length() + 1),
        arguments(
            start + "1,\"Result\":2}}}", json, "Duplicate field 'Result'", 1, start.length() + 3),
        arguments(
            "{\"States\":{\"A\":{},\n\"A\":{}}}",
            Code.DUPLICATE_STATE_NAME,
            "Duplicate State name: A",
            2,
            1),
        arguments(
            "{\"StartAt\":\"A\\u0000\",\"States\":{\"A\\u0000\":{\"Type\":\"Succeed\"}}}",
            Code.INVALID_STATE_NAME,
            "control characters",
            1,
            32));
  }

  @Test
  @DisplayName("AWS's own sentence and place for text that is no JSON")
  void awsSentence() {
    assertThat(DefinitionParser.parse("not a definition").diagnostics())
        .containsExactly(
            new Diagnostic(
                Diagnostic.Severity.ERROR,
                Code.INVALID_JSON_DESCRIPTION,
                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or"
                    + " token 'null', 'true' or 'false')\n"
                    + " at [Source: (String)\"not a definition\"; line: 1, column: 4]",
                "[Source: (String)\"not a definition\"; line: 1, column: 4]",
                1,
                1));
  }

  @Test
  @DisplayName("bytes that are not UTF-8 are a fault of the definition")
  void malformedUtf8() {
    byte[] latin = "{\"Comment\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(DefinitionParser.parse(latin).diagnostics())
        .singleElement()
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_JSON_DESCRIPTION));
    byte[] sound = "{\"Comment\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(DefinitionParser.parse(sound).diagnostics())
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).startsWith("These fields are required"));
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("hostile texts end soon, without a stack overflow")
  void hostileText(String name, String text) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          DefinitionParser.parse(text);
          DefinitionParser.sketch(text);
          DefinitionParser.parseState(text);
        },
        name);
  }

  static Stream<Arguments> hostileText() {
    String pass = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true,";
    String nested = "{\"StartAt\":\"Z\",\"States\":{\"Z\":{\"Type\":\"Succeed\"}}}";
    for (int i = 0; i < 200; i++) {
      nested =
          "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":"
              + nested
              + "}}}";
    }
    return Stream.of(
        arguments("deep arrays", pass + "\"Result\":" + "[".repeat(400_000)),
        arguments(
            "deep template",
            pass + "\"Parameters\":" + "{\"a\":".repeat(980) + "1" + "}".repeat(983)),
        arguments("nested Maps", nested),
        arguments(
            "one long name, many faults",
            pass
                + "\"Parameters\":{\""
                + "k".repeat(49_000)
                + "\":{"
                + "\"a.$\":1,\"b.$\":1,\"c.$\":1,".repeat(20_000)
                + "\"d\":1}}}}}"),
        arguments("long number", "{\"a\":" + "9".repeat(900_000) + "}"),
        arguments("many unknown fields", "{" + "\"x\":1,".repeat(100_000) + "\"y\":1}"));
  }

  @Test
  @DisplayName("a fault points at the member that is to blame, though AWS places it at its object")
  void placeOfTheMember() {
    String definition =
        """
        {
          "StartAt": "A",
          "States": {
            "A": {
              "Type": "Pass",
              "Parameters": {
                "x.$": "no path"
              },
              "Retry": [],
              "End": true
            }
          }
        }
        """;
    assertThat(DefinitionParser.parse(definition).diagnostics())
        .extracting(fault -> fault.location() + " " + fault.line() + ":" + fault.column())
        .containsExactly("/States/A 9:7", "/States/A/Parameters 7:9");
  }

  @Test
  @DisplayName("elements of arrays are told apart")
  void placeInAnArray() {
    String definition =
        """
        {"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B", "Choices": [
          {"Variable": "$.a", "IsNull": true, "Next": "B"},
          {"Variable": "$.b", "IsNull": true},
          {"And": [{"Variable": "$.c", "IsNull": true},
                   {"Variable": "d", "IsNull": true}], "Next": "B"}]},
          "B": {"Type": "Succeed"}}}
        """;
    assertThat(DefinitionParser.parse(definition).diagnostics())
        .extracting(fault -> fault.location() + " " + fault.line() + ":" + fault.column())
        .containsExactly("/States/A/Choices[1] 3:3", "/States/A/Choices[2]/And[1]/Variable 5:13");
  }
}
