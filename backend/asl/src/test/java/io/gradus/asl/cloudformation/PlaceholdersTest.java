package io.gradus.asl.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": "${X}"}            | b       | {"a": "b"}
          {"a": "x/${X}/${X}"}     | b       | {"a": "x/b/b"}
          {"a": "${X}"}            | b"c\\d  | {"a": "b\\"c\\\\d"}
          {"a": "${X}"}            | ${X}    | {"a": "${X}"}
          {"a": ${X}}              | 5       | {"a": 5}
          {"a": ${X}}              | true    | {"a": true}
          {"a": ${X}}              | [1]     | {"a": [1]}
          {"a": ${X}}              | 007     | {"a": "007"}
          {"a": ${X}}              | b       | {"a": "b"}
          {"a": ${X}}              | 1, "b": 2 | {"a": "1, \\"b\\": 2"}
          {"a": "\\"${X}"}         | b       | {"a": "\\"b"}
          {"a": "\\\\", "b": ${X}} | c       | {"a": "\\\\", "b": "c"}
          {"${X}": 1}              | b       | {"b": 1}
          {"a": "${Y}"}            | b       | {"a": "${Y}"}
          {"a": ${Y}}              | b       | {"a": "${Y}"}
          {"a": "${ X }"}          | b       | {"a": "${ X }"}
          {"a": "$${X}"}           | b       | {"a": "$b"}
          {"a": "${X"}             | b       | {"a": "${X"}
          """)
  void fills(String definition, String value, String filled) {
    assertThat(Placeholders.fill(definition, Map.of("X", value))).isEqualTo(filled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "${Fn}"                            | [Fn]
          "${Fn.Arn} ${b-c} ${Fn.Arn}"       | [Fn.Arn, b-c]
          "${AWS::Region}"                   | [AWS::Region]
          "${module.a[0].arn}"               | [module.a[0].arn]
          "{% '${' & $name & '}' %}"         | []
          "${}"                              | []
          "$.a"                              | []
          """)
  void findsNames(String definition, String names) {
    assertThat(Placeholders.in(definition)).hasToString(names);
  }

  @Test
  void refusesWhatWouldGrowTooLong() {
    String definition = "\"" + "${X}".repeat(10_000) + "\"";

    assertThat(Placeholders.fill(definition, Map.of("X", "b".repeat(1_000)))).isNull();
    assertThat(Placeholders.fill(definition, Map.of("X", "b"))).hasSize(10_002);
  }
}
