package io.gradus.service.execution.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a recording keeps; what it is folded to is told by `ExecutionCourseTest`.
class CourseRecordingTest {
  @Test
  void causesAreNotKept() {
    String cause = "why ".repeat(8_000);
    List<Details> failures =
        List.of(
            new Details.ExecutionFailed("E", cause),
            new Details.ExecutionTimedOut("E", cause),
            new Details.ExecutionAborted("E", cause),
            new Details.MapFailed("E", cause),
            new Details.MapRunFailed("E", cause),
            new Details.EvaluationFailed("E", cause, "Output", new StateName("S")));
    for (Details failure : failures) {
      Fact kept =
          CourseRecording.withoutCause(
              new Fact.HistoryEvent(1, 0, Instant.EPOCH, FrameId.ROOT, failure));

      assertThat(kept.toString())
          .isEqualTo(
              new Fact.HistoryEvent(1, 0, Instant.EPOCH, FrameId.ROOT, failure)
                  .toString()
                  .replace(cause, failure instanceof Details.EvaluationFailed ? "" : "null"));
    }
  }
}
