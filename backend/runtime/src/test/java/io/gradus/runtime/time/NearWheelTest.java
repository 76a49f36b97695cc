package io.gradus.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TenantId;
import io.gradus.engine.TimerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NearWheelTest {
  private static final ExecutionKey KEY =
      new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(0, 2));

  private final DatabaseClock clock = new DatabaseClock();

  NearWheelTest() {
    // Far from this machine's own clock: only the database's counts.
    clock.observe(Instant.parse("2031-01-01T00:00:00Z"));
  }

  private static TimerId timer(int n) {
    return new TimerId(FrameId.ROOT, TimerId.Kind.WAIT, n);
  }

  @Test
  void firesEachTimerOnceNotBeforeItIsDueAndSoonAfter() throws InterruptedException {
    int count = 2_000;
    Map<TimerId, Instant> dues = new ConcurrentHashMap<>();
    Map<TimerId, Duration> lateness = new ConcurrentHashMap<>();
    var fired = new CountDownLatch(count);
    Random random = new Random(7);
    try (NearWheel wheel =
        new NearWheel(
            clock,
            (_, timer, _) -> {
              assertThat(lateness.put(timer, Duration.between(dues.get(timer), clock.now())))
                  .isNull();
              fired.countDown();
            })) {
      Instant base = clock.now();
      for (int i = 0; i < count; i++) {
        Instant due = base.plusNanos(1_000_000L + random.nextInt(900_000_000));
        dues.put(timer(i), due);
        wheel.arm(KEY, timer(i), due, false);
      }
      assertThat(fired.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(lateness.values()).noneMatch(Duration::isNegative);
    long slow = lateness.values().stream().filter(d -> d.toMillis() > 500).count();
    assertThat(slow).isLessThan(count / 100);
  }

  @Test
  void whatWasDisarmedDoesNotFire() throws InterruptedException {
    var fired = new AtomicInteger();
    var last = new CountDownLatch(1);
    try (NearWheel wheel =
        new NearWheel(
            clock,
            (_, timer, _) -> {
              fired.incrementAndGet();
              if (timer.eventId() == 2) {
                last.countDown();
              }
            })) {
      Instant due = clock.now().plusMillis(200);
      wheel.arm(KEY, timer(1), due, false);
      wheel.arm(KEY, timer(2), due.plusMillis(100), false);
      wheel.disarm(KEY, timer(1), due);
      assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(wheel.size()).isZero();
    }
    assertThat(fired).hasValue(1);
  }

  @Test
  void oneArmedFromStateAndFromItsRowFiresOnceWithItsRow() throws InterruptedException {
    var stored = new CountDownLatch(1);
    var others = new AtomicInteger();
    try (NearWheel wheel =
        new NearWheel(
            clock,
            (_, _, withRow) -> {
              if (withRow) {
                stored.countDown();
              } else {
                others.incrementAndGet();
              }
            })) {
      Instant due = clock.now().plusMillis(150);
      wheel.arm(KEY, timer(1), due, true);
      wheel.arm(KEY, timer(1), due, false);
      assertThat(stored.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(others).hasValue(0);
  }

  @Test
  void aWallClockThatIsSetBackDelaysNothing() throws InterruptedException {
    var fast = new AtomicLong(TimeUnit.HOURS.toMillis(1));
    var fired = new CountDownLatch(1);
    try (NearWheel wheel =
        new NearWheel(
            clock, (_, _, _) -> fired.countDown(), () -> System.currentTimeMillis() + fast.get())) {
      wheel.arm(KEY, timer(1), clock.now().plusMillis(100), false);
      fast.set(0);
      assertThat(fired.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
