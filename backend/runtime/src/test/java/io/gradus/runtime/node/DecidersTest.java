package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What deciders leave for the end of what they took at once.
@Timeout(60)
class DecidersTest {
  private static final TenantId TENANT = new TenantId(new UUID(0, 1));

  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final Deciders deciders = new Deciders(1, () -> done.add("after"));

  @AfterEach
  void close() {
    deciders.close();
  }

  @Test
  void whatIsTakenAtOnceIsFollowedOnce() throws InterruptedException {
    holdUp(
        () -> {
          for (int i = 0; i < 3; i++) {
            String name = "work " + i;
            deciders.execute(TENANT, () -> done.add(name));
          }
        });
    assertThat(next(4)).containsExactly("work 0", "work 1", "work 2", "after");
  }

  @Test
  void whatTakesLongHoldsNothingBackThatWasLeftBeforeTheRest() throws InterruptedException {
    holdUp(
        () -> {
          deciders.execute(
              TENANT,
              () -> {
                spin();
                done.add("long");
              });
          deciders.execute(TENANT, () -> done.add("rest"));
        });
    assertThat(next(4)).containsExactly("long", "after", "rest", "after");
  }

  @Test
  void whatBreaksIsFollowedToo() throws InterruptedException {
    holdUp(
        () ->
            deciders.execute(
                TENANT,
                () -> {
                  done.add("broken");
                  throw new IllegalStateException("on purpose");
                }));
    assertThat(next(2)).containsExactly("broken", "after");
  }

  @Test
  void noThreadEndsWithWhatItDoes() throws InterruptedException {
    deciders.execute(
        TENANT,
        () -> {
          throw new NoClassDefFoundError("on purpose");
        });
    var next = new CountDownLatch(1);
    deciders.execute(TENANT, next::countDown);
    assertThat(next.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void noThreadEndsWithWhatFollows() throws InterruptedException {
    try (Deciders breaking =
        new Deciders(
            1,
            () -> {
              throw new NoClassDefFoundError("on purpose");
            })) {
      for (int i = 0; i < 2; i++) {
        var round = new CountDownLatch(1);
        breaking.execute(TENANT, round::countDown);
        assertThat(round.await(30, TimeUnit.SECONDS)).isTrue();
        World.pause(Duration.ofMillis(50)); // so that a batch ends in between
      }
    }
  }

  @Test
  void onlyItsOwnThreadsDecide() throws InterruptedException {
    try (Deciders others = new Deciders(1, () -> {})) {
      var found = new LinkedBlockingQueue<Boolean>();
      deciders.execute(
          TENANT,
          () -> {
            found.add(deciders.isDeciding());
            found.add(others.isDeciding());
          });
      assertThat(found.poll(30, TimeUnit.SECONDS)).isTrue();
      assertThat(found.poll(30, TimeUnit.SECONDS)).isFalse();
      assertThat(deciders.isDeciding()).isFalse();
    }
  }

  /// Keeps the only thread busy while work is left for it.
  private void holdUp(Runnable leave) throws InterruptedException {
    var goOn = new CountDownLatch(1);
    var busy = new CountDownLatch(1);
    deciders.execute(
        TENANT,
        () -> {
          busy.countDown();
          try {
            goOn.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    busy.await();
    leave.run();
    spin(); // so that it takes long for certain
    goOn.countDown();
    // What takes long is followed at once, and then its batch.
    assertThat(next(2)).containsExactly("after", "after");
  }

  private static void spin() {
    long until = System.nanoTime() + 5_000_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  private List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(done.poll(30, TimeUnit.SECONDS));
    }
    return next;
  }
}
