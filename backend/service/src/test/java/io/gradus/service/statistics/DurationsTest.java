package io.gradus.service.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  /// 2^(1/8), and what rounding to a microsecond adds.
  private static final double OFF = 0.091;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 100, 1_000, 20_000})
  void isOffByLessThanATenth(long seed) {
    Random random = new Random(seed);
    double[] millis =
        random.doubles(1 + seed * 3 % 5_000).map(d -> Math.exp(d * 22)).sorted().toArray();
    Durations.Classes classes = new Durations.Classes();
    Arrays.stream(millis).forEach(each -> classes.add(durationClass(each), 1));

    Durations found = classes.durations();

    assertThat(millis(found.p50()) / rank(millis, 0.5)).isCloseTo(1, within(OFF));
    assertThat(millis(found.p90()) / rank(millis, 0.9)).isCloseTo(1, within(OFF));
    assertThat(millis(found.p99()) / rank(millis, 0.99)).isCloseTo(1, within(OFF));
  }

  @Test
  void ofNothingThereIsNone() {
    assertThat(new Durations.Classes().durations()).isEqualTo(Durations.NONE);
  }

  @Test
  void oneOfManyIsTheLast() {
    Durations.Classes classes = new Durations.Classes();
    classes.add(0, 98);
    classes.add(40, 1);
    classes.add(80, 1);

    assertThat(millis(classes.durations().p90())).isLessThan(2);
    assertThat(millis(classes.durations().p99())).isBetween(1_000.0, 1_200.0);
  }

  /// As the job counts it.
  private static int durationClass(double millis) {
    return (int) Math.floor(4 * Math.log(Math.max(1, millis)) / Math.log(2));
  }

  private static double rank(double[] sorted, double share) {
    return sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1];
  }

  private static double millis(@org.jspecify.annotations.Nullable Duration duration) {
    return Objects.requireNonNull(duration).toNanos() / 1e6;
  }
}
