package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Who is let in at the bounds.
class AdmissionTest {
  private static final TenantId NOISY = new TenantId(new UUID(0, 1));
  private static final TenantId QUIET = new TenantId(new UUID(0, 2));
  private static final Machine MACHINE =
      World.machine(
          new UUID(1, 1),
          "m",
          false,
          "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 100);

  @Test
  void aTenantMayStartASecondsShareAtOnceAndThenAsItComes() {
    Admission admission = new Admission(new HotExecutions(1_000), true, 10, nanos::get);
    assertThat(admitted(admission, NOISY, 50)).isEqualTo(10);
    nanos.addAndGet(300_000_000);
    assertThat(admitted(admission, NOISY, 50)).isEqualTo(3);
    nanos.addAndGet(60_000_000_000L);
    assertThat(admitted(admission, NOISY, 50)).isEqualTo(10);
    assertThat(admission.refused()).isEqualTo(40 + 47 + 40);
  }

  @Test
  void anotherTenantAndATasksOwnStartAreNotHeldUp() {
    Admission admission = new Admission(new HotExecutions(1_000), true, 10, nanos::get);
    admitted(admission, NOISY, 50);
    assertThat(admitted(admission, QUIET, 10)).isEqualTo(10);
    var parent =
        new StartRequest.Parent(
            new ExecutionKey(NOISY, new UUID(7, 7)), new TaskId(FrameId.ROOT, 3), true);
    assertThat(
            admission.admits(
                new StartRequest(NOISY, MACHINE, null, Payload.ofText("{}"), null, parent, null)))
        .isTrue();
  }

  @Test
  void childrenOfMapRunsPauseUntilTheyArePaidFor() {
    Admission admission = new Admission(new HotExecutions(1_000), true, 10, nanos::get);
    assertThat(admission.pauseAfter(NOISY, 10)).isZero();
    assertThat(admission.pauseAfter(NOISY, 15)).isEqualTo(1_500_000_000L);
    assertThat(admission.pauseAfter(QUIET, 10)).isZero();
    nanos.addAndGet(1_000_000_000L);
    assertThat(admission.pauseAfter(NOISY, 0)).isEqualTo(500_000_000L);
    nanos.addAndGet(500_000_000L);
    assertThat(admission.pauseAfter(NOISY, 0)).isZero();
    assertThat(admitted(admission, NOISY, 50)).isEqualTo(10);
  }

  @Test
  void noBoundIsNone() {
    Admission admission = new Admission(new HotExecutions(1_000), true, 0, nanos::get);
    assertThat(admitted(admission, NOISY, 10_000)).isEqualTo(10_000);
    assertThat(admission.pauseAfter(NOISY, 10_000)).isZero();
  }

  private static int admitted(Admission admission, TenantId tenant, int asked) {
    int admitted = 0;
    for (int i = 0; i < asked; i++) {
      if (admission.admits(
          new StartRequest(tenant, MACHINE, null, Payload.ofText("{}"), null, null, null))) {
        admitted++;
      }
    }
    return admitted;
  }
}
