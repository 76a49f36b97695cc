package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.Rejection;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Commands of one transition cancel each other out, against a decider that answers as told.
class FoldTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final TaskId TASK = new TaskId(FrameId.ROOT, 3);
  private static final TimerId TIMER = new TimerId(FrameId.ROOT, TimerId.Kind.TASK_TIMEOUT, 3);
  private static final Deadline FAR = Deadline.at(NOW.plusSeconds(600), NOW);
  private static final Deadline NEAR = Deadline.at(NOW.plusSeconds(6), NOW);
  private static final Resource ASK =
      new Resource("arn:aws:states:::sqs:sendMessage.waitForTaskToken");
  private static final Effect.OpenTask OPEN =
      new Effect.OpenTask(TASK, Effect.TaskKind.CALLBACK, ASK, FAR);
  private static final Effect.InvokeTask INVOKE =
      new Effect.InvokeTask(
          TASK, new StateName("Ask"), ASK, Payload.ofText("{}"), 0, "token", null);

  private final Execution execution =
      World.fresh(
          World.machine(
              UUID.randomUUID(),
              "m",
              false,
              "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"),
          UUID.randomUUID(),
          "e");

  private static Decision accept(Execution next, Effect... effects) {
    return new Decision.Accepted(List.of(), Arrays.asList(effects), Set.of(), next);
  }

  private Fold fold(boolean allRows, List<Delivery> deliveries, Decision... decisions) {
    var script = new ArrayDeque<>(Arrays.asList(decisions));
    return Fold.of(
        execution,
        allRows,
        deliveries,
        (_, _, _) -> script.removeFirst(),
        () -> new Environment(NOW, () -> 1, (_, _) -> "token"));
  }

  private static Delivery any() {
    return Delivery.here(new Command.Continue());
  }

  @Test
  void whatOneCommandBeganAndAnotherEndedLeavesNoRowAndNoCall() {
    Fold fold =
        fold(
            false,
            List.of(any(), any()),
            accept(execution, OPEN, new Effect.ArmTimer(TIMER, FAR), INVOKE),
            accept(
                execution, new Effect.CloseTask(TASK, true), new Effect.DisarmTimer(TIMER, FAR)));
    assertThat(fold.opened()).isEmpty();
    assertThat(fold.closed()).isEmpty();
    assertThat(fold.invoked()).isEmpty();
    assertThat(fold.cancelled()).isEmpty();
    assertThat(fold.armed()).isEmpty();
    assertThat(fold.deletedTimerRows()).isEmpty();
  }

  @Test
  void whatWasThereBeforeIsDeleted() {
    Fold fold =
        fold(
            false,
            List.of(any()),
            accept(
                execution, new Effect.CloseTask(TASK, true), new Effect.DisarmTimer(TIMER, FAR)));
    assertThat(fold.closed()).containsExactly(TASK);
    assertThat(fold.deletedTimerRows()).containsExactly(TIMER);
  }

  @Test
  void aTimerThatWasMovedIsArmedAnewAndItsRowStays() {
    Deadline later = Deadline.at(NOW.plusSeconds(900), NOW);
    Fold fold =
        fold(
            false,
            List.of(any()),
            accept(
                execution, new Effect.DisarmTimer(TIMER, FAR), new Effect.ArmTimer(TIMER, later)));
    assertThat(fold.armed()).containsEntry(TIMER, later);
    assertThat(fold.deletedTimerRows()).isEmpty();
  }

  @Test
  void nearTimersHaveNoRowUnlessTheExecutionWasOutOfMemory() {
    Effect[] effects = {new Effect.DisarmTimer(TIMER, NEAR)};
    assertThat(fold(false, List.of(any()), accept(execution, effects)).deletedTimerRows())
        .isEmpty();
    assertThat(fold(true, List.of(any()), accept(execution, effects)).deletedTimerRows())
        .containsExactly(TIMER);
  }

  @Test
  void aFiringThatFindsNothingTakesItsRowAwayAndAnEarlyOneLeavesIt() {
    Delivery fired = Delivery.timerRow(new Command.TimerFired(TIMER));
    Fold stray = fold(false, List.of(fired), new Decision.Rejected(Rejection.NO_SUCH_TIMER));
    assertThat(stray.changes()).isTrue();
    assertThat(stray.deletedTimerRows()).containsExactly(TIMER);
    Fold early = fold(false, List.of(fired), new Decision.Rejected(Rejection.TIMER_NOT_DUE));
    assertThat(early.changes()).isFalse();
  }

  @Test
  void aRefusedMessageIsConsumedAllTheSame() {
    Delivery message = Delivery.inbox(new Command.StopExecution(null, null), "s");
    Fold fold = fold(false, List.of(message), new Decision.Rejected(Rejection.NOT_RUNNING));
    assertThat(fold.changes()).isTrue();
    assertThat(fold.consumed()).containsExactly("s");
    assertThat(fold.refused()).containsEntry(message, Rejection.NOT_RUNNING);
  }

  @Test
  void aRefusedCommandAloneIsNothingToCommit() {
    Delivery command = Delivery.client(new Command.StopExecution(null, null));
    Fold fold = fold(false, List.of(command), new Decision.Rejected(Rejection.NOT_RUNNING));
    assertThat(fold.changes()).isFalse();
  }

  /// Its Map Run has counted it: were it not there, its items would be nobody's.
  @Test
  void aChildThatBeginsAsItsMapRunIsStoppedIsThereToBeStopped() {
    UUID mapRun = UUID.randomUUID();
    Effect.StartChild child =
        new Effect.StartChild(
            new Effect.MapRunKey(FrameId.ROOT, 4, mapRun, new StateName("M"), false),
            0,
            1,
            Payload.ofText("1"));
    Fold fold =
        fold(
            false,
            List.of(any(), any()),
            accept(execution, child),
            accept(execution, new Effect.StopChildren(mapRun)));
    assertThat(fold.children()).containsExactly(child);
    assertThat(fold.stoppedRuns()).containsExactly(mapRun);
  }
}
