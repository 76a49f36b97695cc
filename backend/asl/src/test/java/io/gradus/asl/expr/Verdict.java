package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.QueryLanguage;

/// Compares a row's outcome with what it expects.
final class Verdict {
  private Verdict() {}

  static void check(QueryLanguage language, String text, String input, String expected) {
    String actual = Table.evaluate(language, text, input);
    if (expected.startsWith("!")) {
      assertThat(actual).startsWith(expected);
    } else {
      assertThat(actual).doesNotStartWith("!");
      assertThat(Table.json(actual)).isEqualTo(Table.json(expected));
    }
  }
}
