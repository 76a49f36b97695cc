package io.gradus.service.testcase.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where two values differ.
class JsonDifferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 | 1.0 | ~~ | ~~",
        "1e2 | 100 | ~~ | ~~",
        "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1} | ~~ | ~~",
        "1 | 2 | ~~ | The output: expected 1, found 2",
        "\"1\" | 1 | ~~ | The output: expected \"1\", found 1",
        "null | {} | ~~ | The output: expected null, found {}",
        "{\"a\":{\"b\":[1,2]}} | {\"a\":{\"b\":[1,3]}} | ~~ | /a/b/1: expected 2, found 3",
        "[1] | [1,2] | ~~ | /1: not expected, found 2",
        "[1,2] | [1] | ~~ | /1: expected 2, found nothing",
        "{\"a/b\":1,\"c~d\":1} | {} | ~~ | /a~1b: expected 1, found nothing;/c~0d: expected 1, found nothing",
        "{\"a\":null} | {} | ~~ | /a: expected null, found nothing",
        "{\"a\":1,\"at\":1} | {\"a\":1,\"at\":2} | /at | ~~",
        "{\"a\":{\"b\":1}} | {\"a\":7} | /a | ~~",
        "{\"a\":{\"b\":1}} | {\"a\":{\"b\":2}} | /a/c | /a/b: expected 1, found 2",
      })
  void areToldByTheirPlaces(String expected, String found, String ignored, String told) {
    List<String> pointers =
        Arrays.stream(ignored.split(",")).filter(each -> !each.isEmpty()).toList();

    assertThat(
            JsonDifference.between(Cases.json(expected), Cases.json(found), pointers).stream()
                .map(JsonDifference::sentence)
                .collect(Collectors.joining(";")))
        .isEqualTo(told);
  }

  @Test
  void areBoundedInNumberAndLength() {
    String many =
        IntStream.range(0, 1_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

    assertThat(JsonDifference.between(Cases.json("[" + many + "]"), Cases.json("[]"), List.of()))
        .hasSize(JsonDifference.MOST);
    assertThat(
            JsonDifference.between(
                    Cases.json("\"" + "x".repeat(10_000) + "\""), Cases.json("1"), List.of())
                .getFirst()
                .sentence())
        .hasSizeLessThan(300);
  }
}
