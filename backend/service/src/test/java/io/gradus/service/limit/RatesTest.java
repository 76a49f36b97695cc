package io.gradus.service.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.limit.Rates.Bucket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Token buckets by a clock that a test moves.
class RatesTest {
  private static final TenantId A = new TenantId(new UUID(0, 1));
  private static final TenantId B = new TenantId(new UUID(0, 2));
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(-5 * SECOND);

  private Rates rates(Rates.Plan plan) {
    return new Rates(plan, now::get);
  }

  private static int taken(Rates rates, TenantId tenant, String operation, int tries) {
    return taken(() -> rates.take(tenant, operation), tries);
  }

  private static int starts(Rates rates, TenantId tenant, boolean express, int tries) {
    return taken(() -> rates.takeStart(tenant, () -> express), tries);
  }

  private static int taken(Runnable take, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      try {
        take.run();
        taken++;
      } catch (Refusal refusal) {
        assertThat(refusal.code()).isEqualTo(ErrorCode.THROTTLING);
        assertThat(refusal.message()).isEqualTo("Rate exceeded");
      }
    }
    return taken;
  }

  @Test
  void aBucketIsEmptiedAtOnceAndFillsUpBySeconds() {
    Rates rates = rates(Rates.Plan.of(new Bucket(10, 2)));

    assertThat(taken(rates, A, "ListExecutions", 20)).isEqualTo(10);
    now.addAndGet(SECOND / 2);
    assertThat(taken(rates, A, "ListExecutions", 20)).isEqualTo(1);
    now.addAndGet(3 * SECOND);
    assertThat(taken(rates, A, "ListExecutions", 20)).isEqualTo(6);
    now.addAndGet(3_600 * SECOND);
    assertThat(taken(rates, A, "ListExecutions", 20)).isEqualTo(10);
  }

  @Test
  void tenantsAndOperationsHaveBucketsOfTheirOwn() {
    Rates rates = rates(Rates.Plan.of(new Bucket(3, 1)));

    assertThat(taken(rates, A, "StartExecution", 9)).isEqualTo(3);
    assertThat(taken(rates, A, "StopExecution", 9)).isEqualTo(3);
    assertThat(taken(rates, B, "StartExecution", 9)).isEqualTo(3);
  }

  @Test
  void awsBucketsAreForTenantsThatAwsLimitsHoldFor() {
    Rates rates = rates(Rates.Plan.aws(A::equals, "us-east-1", new Bucket(5_000, 5_000)));
    Rates elsewhere = rates(Rates.Plan.aws(A::equals, "eu-central-1", new Bucket(5_000, 5_000)));

    assertThat(taken(rates, A, "StartExecution", 6_000)).isEqualTo(1_300);
    assertThat(taken(elsewhere, A, "StartExecution", 6_000)).isEqualTo(800);
    assertThat(taken(rates, A, "DescribeExecution", 6_000)).isEqualTo(300);
    assertThat(taken(rates, A, "CreateStateMachine", 6_000)).isEqualTo(100);
    assertThat(taken(rates, B, "CreateStateMachine", 6_000)).isEqualTo(5_000);
    now.addAndGet(SECOND);
    assertThat(taken(rates, A, "StartExecution", 6_000)).isEqualTo(300);
    assertThat(taken(rates, A, "CreateStateMachine", 6_000)).isEqualTo(1);
  }

  @Test
  void startsOfExpressExecutionsAreCountedApartWhereAwsLimitsHold() {
    Rates rates = rates(Rates.Plan.aws(A::equals, "us-east-1", new Bucket(10, 1)));

    assertThat(starts(rates, A, true, 7_000)).isEqualTo(6_000);
    assertThat(starts(rates, A, false, 7_000)).isEqualTo(1_300);
    assertThat(starts(rates, B, true, 8)).isEqualTo(8);
    assertThat(starts(rates, B, false, 8)).isEqualTo(2);
    assertThatThrownBy(
            () ->
                rates.takeStart(
                    B,
                    () -> {
                      throw new AssertionError("asked though it does not matter");
                    }))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void manyThreadsTakeNoMoreThanThereIs() {
    Rates rates = rates(Rates.Plan.of(new Bucket(1_000, 1)));
    AtomicInteger taken = new AtomicInteger();

    CompletableFuture.allOf(
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        CompletableFuture.runAsync(
                            () -> taken.addAndGet(taken(rates, A, "StartExecution", 500))))
                .toArray(CompletableFuture[]::new))
        .join();

    assertThat(taken).hasValue(1_000);
  }

  @Test
  void refusesABucketThatNeverFills() {
    assertThatThrownBy(() -> new Bucket(10, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bucket(0.5, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
