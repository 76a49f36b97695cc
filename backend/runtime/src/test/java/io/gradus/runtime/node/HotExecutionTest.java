package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.Command;
import io.gradus.engine.Execution;
import io.gradus.engine.FrameId;
import io.gradus.engine.LogLevel;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.runtime.task.Mocks;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// In which order commands wait.
class HotExecutionTest {
  private static final Delivery STOP =
      Delivery.inbox(new Command.StopExecution(null, null), "stop");

  private final Delivery success =
      Delivery.inbox(
          new Command.TaskSucceeded(new TaskId(FrameId.ROOT, 3), Payload.ofText("1")), "report");

  private static HotExecution fresh() {
    Execution execution =
        World.fresh(
            World.machine(
                UUID.randomUUID(),
                "m",
                false,
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"),
            UUID.randomUUID(),
            "e");
    return new HotExecution(
        new HotExecution.Fixed(
            execution.info().key(),
            Mocks.NONE,
            HotExecution.Kind.STANDARD,
            LogLevel.OFF,
            null,
            null),
        execution,
        1,
        100);
  }

  /// What was acknowledged before this node had the execution is decided before a stop that someone
  /// finds in the inbox the moment the execution can be found here.
  @Test
  void whatTheInboxHeldGoesBeforeWhatIsOfferedLater() {
    HotExecution execution = fresh();
    execution.expect(List.of(success));
    assertThat(execution.offer(STOP)).isEqualTo(HotExecution.Offer.MOVE);
    assertThat(execution.take(10)).containsExactly(success, STOP);
  }

  @Test
  void aRowOfTheInboxIsTakenOnce() {
    HotExecution execution = fresh();
    execution.expect(List.of(success, STOP));
    assertThat(execution.offer(STOP)).isEqualTo(HotExecution.Offer.KNOWN);
    assertThat(execution.isQuiet()).isFalse();
    assertThat(execution.begin()).isTrue();
    assertThat(execution.take(10)).containsExactly(success, STOP);
    assertThat(execution.take(10)).isEmpty();
  }
}
