package io.gradus.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "2026-11-28T15:00:00Z",
        "2026-11-28T15:00:00.123456Z",
        "9999-12-31T23:59:59Z"
      })
  void whatADatabaseKeepsIsRead(String text) {
    assertThat(Moment.parse(text)).contains(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-28",
        "2026-02-30T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "-9000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z",
        "+1000000001-01-01T00:00:00Z"
      })
  void allElseIsNone(String text) {
    assertThat(Moment.parse(text)).isEmpty();
  }
}
