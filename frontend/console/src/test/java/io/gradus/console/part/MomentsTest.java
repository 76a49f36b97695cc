package io.gradus.console.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:08:48Z");
  private final Moments moments = new Moments(ZoneId.of("Europe/Helsinki"));

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "420, 420 ms",
    "2190, 2.1 s",
    "9999, 9.9 s",
    "18400, 18 s",
    "249000, 4 min 09 s",
    "3900000, 1 h 05 min",
    "273600000, 3 d 4 h",
    "-5, 0 ms"
  })
  void durationsHaveUnits(long millis, String text) {
    assertThat(Moments.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, now",
    "14, in 14 s",
    "-2400, 40 min ago",
    "7800, in 2 h 10 min",
    "7200, in 2 h",
    "-90000, 1 day ago",
    "180000, in 2 days"
  })
  void distancesSayWhichWay(long seconds, String text) {
    assertThat(Moments.relative(NOW.plusSeconds(seconds), NOW)).isEqualTo(text);
  }

  @Test
  void momentsAreToldInTheReadersZone() {
    assertThat(moments.moment(NOW, NOW)).isEqualTo("22 Nov, 14:08:48");
    assertThat(moments.moment(Instant.parse("2025-09-01T23:00:00Z"), NOW))
        .isEqualTo("2 Sep 2025, 02:00:00");
    assertThat(moments.brief(NOW, NOW)).isEqualTo("14:08:48");
    assertThat(moments.brief(NOW.minusSeconds(86_400), NOW)).isEqualTo("21 Nov, 14:08:48");
    assertThat(moments.appointment(NOW)).isEqualTo("22 Nov 2026, 14:08");
    assertThat(moments.full(NOW.plusMillis(7)))
        .isEqualTo("22 Nov 2026, 14:08:48.007 Europe/Helsinki");
  }
}
