package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which events AWS's levels keep.
class LogLevelTest {
  private static final Payload EMPTY = Payload.ofText("{}");
  private static final StateName NAME = new StateName("S");

  private static final List<Details> FATAL =
      List.of(
          new Details.ExecutionFailed("E", "c"),
          new Details.ExecutionTimedOut(null, null),
          new Details.ExecutionAborted(null, null));

  private static final List<Details> ERROR =
      List.of(
          new Details.StateEntered(StateKind.FAIL, NAME, EMPTY),
          new Details.StateAborted(StateKind.WAIT),
          new Details.ParallelFailed(),
          new Details.MapFailed(null, null),
          new Details.MapIterationFailed(NAME, 0),
          new Details.MapIterationAborted(NAME, 0),
          new Details.MapRunFailed(null, null),
          new Details.MapRunAborted(),
          new Details.EvaluationFailed("E", "c", null, NAME));

  private static final List<Details> OTHERS =
      List.of(
          new Details.ExecutionStarted(EMPTY, "r", null, null),
          new Details.ExecutionSucceeded(EMPTY),
          new Details.ExecutionRedriven(1),
          new Details.StateEntered(StateKind.PASS, NAME, EMPTY),
          new Details.StateExited(StateKind.PASS, NAME, EMPTY, Map.of()),
          new Details.ParallelStarted(EMPTY),
          new Details.ParallelSucceeded(),
          new Details.MapStarted(1),
          new Details.MapSucceeded(),
          new Details.MapIterationStarted(NAME, 0, EMPTY),
          new Details.MapIterationSucceeded(NAME, 0),
          new Details.MapRunStarted("a"),
          new Details.MapRunSucceeded(),
          new Details.MapRunRedriven("a", 1));

  @Test
  void eachLevelKeepsWhatIsAsBadAndWorse() {
    for (Details details : FATAL) {
      keeps(details, true, true, true);
    }
    for (Details details : ERROR) {
      keeps(details, true, true, false);
    }
    for (Details details : OTHERS) {
      keeps(details, true, false, false);
    }
  }

  @Test
  void everyWayThatATaskFailsIsAnError() {
    Resource resource = new Resource("arn:aws:states:::sqs:sendMessage");
    for (Command.FailureKind kind : Command.FailureKind.values()) {
      keeps(new Details.TaskFailed(TaskResource.of(resource), kind, "E", "c"), true, true, false);
    }
  }

  private static void keeps(Details details, boolean all, boolean error, boolean fatal) {
    String type = EventType.of(details);
    assertThat(LogLevel.ALL.keeps(details)).as(type).isEqualTo(all);
    assertThat(LogLevel.ERROR.keeps(details)).as(type).isEqualTo(error);
    assertThat(LogLevel.FATAL.keeps(details)).as(type).isEqualTo(fatal);
    assertThat(LogLevel.OFF.keeps(details)).as(type).isFalse();
  }
}
