package io.gradus.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

@Timeout(60)
class ActivityWorkerTest {
  private final FakeActivities activities = new FakeActivities();

  private ActivityWorker.Builder worker(ActivityHandler handler) {
    return ActivityWorker.of(activities, "arn:activity", handler).name("w");
  }

  @Test
  void whatTheHandlerReturnsIsTheResult() throws Exception {
    // given
    activities.give("t1", "{\"n\":1}");
    activities.give("t2", "{\"n\":2}");

    // when
    try (var _ = worker(input -> "[" + input + "]").start()) {
      // then
      assertThat(activities.next()).isEqualTo("t1 [{\"n\":1}]");
      assertThat(activities.next()).isEqualTo("t2 [{\"n\":2}]");
      assertThat(activities.workers).containsOnly("w");
    }
  }

  @Test
  void whatTheHandlerThrowsFailsTheTask() throws Exception {
    // given
    activities.give("t1", "1");
    activities.give("t2", "2");
    activities.give("t3", "3");

    // when
    try (var _ =
        worker(
                input -> {
                  switch (input) {
                    case "1" -> throw new ActivityFailure("OutOfPaint", "none left");
                    case "2" -> throw new IllegalStateException("x".repeat(40_000));
                    default -> throw new ActivityFailure("E".repeat(300), "c");
                  }
                })
            .start()) {
      // then
      assertThat(activities.next()).isEqualTo("t1 OutOfPaint: none left");
      assertThat(activities.next()).isEqualTo("t2 IllegalStateException: " + "x".repeat(32_768));
      assertThat(activities.next()).isEqualTo("t3 " + "E".repeat(256) + ": c");
    }
  }

  @Test
  void aResultIsToldUntilItIsHeard() throws Exception {
    // given
    activities.tellingFails.add(SdkClientException.create("no network"));
    activities.tellingFails.add(SfnException.builder().statusCode(503).message("busy").build());
    activities.give("t1", "1");

    // when
    try (var _ = worker(input -> input).start()) {
      // then
      assertThat(activities.next()).isEqualTo("t1 1");
    }
  }

  @Test
  void aResultThatComesTooLateIsForgotten() throws Exception {
    // given
    activities.tellingFails.add(TaskTimedOutException.builder().message("late").build());
    activities.give("t1", "1");
    activities.give("t2", "2");

    // when
    try (var _ = worker(input -> input).start()) {
      // then
      assertThat(activities.next()).isEqualTo("t2 2");
    }
  }

  @Test
  void aPollThatFailsIsMadeAgain() throws Exception {
    // given
    activities.pollsFail.add(SdkClientException.create("no network"));
    activities.give("t1", "1");

    // when
    try (var _ = worker(input -> input).start()) {
      // then
      assertThat(activities.next()).isEqualTo("t1 1");
    }
  }

  @Test
  void aTaskUnderWayBeats() throws Exception {
    // given
    var heard = new CountDownLatch(1);
    activities.give("t1", "1");

    // when
    try (var _ =
        worker(
                input -> {
                  heard.await();
                  return input;
                })
            .heartbeat(Duration.ofMillis(5))
            .start()) {
      // then
      assertThat(activities.next()).isEqualTo("t1 beats");
      assertThat(activities.next()).isEqualTo("t1 beats");
      heard.countDown();
      String last = activities.next();
      while (last.equals("t1 beats")) {
        last = activities.next();
      }
      assertThat(last).isEqualTo("t1 1");
    }
  }

  @Test
  void aTaskThatIsOverInterruptsItsHandlerAndNoOther() throws Exception {
    // given
    activities.heartbeatsFail.add(TaskTimedOutException.builder().message("late").build());
    activities.give("t1", "forever");
    activities.give("t2", "2");

    // when
    try (var _ =
        worker(
                input -> {
                  if (input.equals("forever")) {
                    new CountDownLatch(1).await();
                  }
                  return input + Thread.currentThread().isInterrupted();
                })
            .heartbeat(Duration.ofMillis(20))
            .start()) {
      // then
      String next = activities.next();
      while (next.equals("t2 beats")) {
        next = activities.next();
      }
      assertThat(next).isEqualTo("t2 2false");
    }
  }

  @Test
  void asManyTasksAreDoneAtATimeAsAskedFor() throws Exception {
    // given
    var together = new CyclicBarrier(3);
    for (int i = 0; i < 3; i++) {
      activities.give("t" + i, "1");
    }

    // when
    try (var _ =
        worker(
                input -> {
                  together.await(20, TimeUnit.SECONDS);
                  return input;
                })
            .concurrency(3)
            .start()) {
      // then
      assertThat(new String[] {activities.next(), activities.next(), activities.next()})
          .containsExactlyInAnyOrder("t0 1", "t1 1", "t2 1");
    }
  }

  @Test
  void closingWaitsForTheTaskUnderWayAndForNoPoll() throws Exception {
    // given
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    activities.give("t1", "1");
    ActivityWorker worker =
        worker(
                input -> {
                  begun.countDown();
                  go.await();
                  return input;
                })
            .concurrency(2)
            .start();
    begun.await();

    // when
    Thread closing = Thread.startVirtualThread(worker::close);
    go.countDown();
    closing.join();

    // then
    assertThat(activities.next()).isEqualTo("t1 1");
  }

  @Test
  void aWorkerOfNobodyIsRefused() {
    assertThatThrownBy(() -> worker(input -> input).concurrency(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
