package io.gradus.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final DatabaseClock clock = new DatabaseClock(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void doesNotGuessBeforeTheDatabaseHasSpoken() {
    assertThatThrownBy(clock::now).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isALowerBoundThatStaysCloseBehind() {
    clock.observe(NOON);
    pass(Duration.ofSeconds(5));
    assertThat(clock.now()).isBetween(NOON.plusMillis(4_998), NOON.plusSeconds(5));
  }

  @Test
  void aLateAnswerDoesNotSetItBack() {
    clock.observe(NOON);
    pass(Duration.ofMillis(100));
    clock.observe(NOON.plusMillis(20));
    assertThat(clock.now()).isBetween(NOON.plusMillis(99), NOON.plusMillis(100));
  }

  @Test
  void aPromptAnswerBringsItForward() {
    clock.observe(NOON);
    pass(Duration.ofMillis(100));
    clock.observe(NOON.plusMillis(150));
    assertThat(clock.now()).isEqualTo(NOON.plusMillis(150));
  }

  @Test
  void followsADatabaseWhoseClockWasSetBack() {
    clock.observe(NOON);
    pass(Duration.ofSeconds(11));
    clock.observe(NOON.minusSeconds(3_600));
    assertThat(clock.now()).isEqualTo(NOON.minusSeconds(3_600));
  }
}
