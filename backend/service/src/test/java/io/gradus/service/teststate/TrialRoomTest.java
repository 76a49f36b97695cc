package io.gradus.service.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Who finds a place.
class TrialRoomTest {
  private static final TenantId ONE = new TenantId(new UUID(0, 1));
  private static final TenantId OTHER = new TenantId(new UUID(0, 2));

  private final CountDownLatch over = new CountDownLatch(1);

  @Test
  void aTenantThatTriesManyIsInNobodyElsesWay() throws InterruptedException {
    TrialRoom room = new TrialRoom(3, 2, Duration.ofMillis(50));
    occupy(room, ONE);
    occupy(room, ONE);

    assertThatThrownBy(() -> room.call(ONE, () -> 1))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLING));
    assertThat(room.call(OTHER, () -> 1)).isEqualTo(1);
    over.countDown();
  }

  @Test
  void whoWaitsIsLetInWhenAPlaceBecomesFree() throws InterruptedException {
    TrialRoom room = new TrialRoom(1, 1, Duration.ofMinutes(1));
    occupy(room, ONE);
    Thread.ofVirtual().start(over::countDown);

    assertThat(room.call(OTHER, () -> 1)).isEqualTo(1);
    assertThat(room.call(ONE, () -> 2)).isEqualTo(2);
  }

  @Test
  void worksOnAPlatformThreadAndTellsWhatFailed() {
    TrialRoom room = new TrialRoom(1, 1, Duration.ofMillis(50));

    assertThat(room.call(ONE, () -> Thread.currentThread().isVirtual())).isFalse();
    Refusal refusal = new Refusal(ErrorCode.VALIDATION, "so it is");
    for (int i = 0; i < 2; i++) { // it has left its place
      assertThatThrownBy(
              () ->
                  room.call(
                      ONE,
                      () -> {
                        throw refusal;
                      }))
          .isSameAs(refusal);
    }
  }

  private void occupy(TrialRoom room, TenantId tenant) throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () ->
                room.call(
                    tenant,
                    () -> {
                      in.countDown();
                      try {
                        over.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return 0;
                    }));
    in.await();
  }
}
