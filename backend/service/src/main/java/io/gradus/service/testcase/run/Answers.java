package io.gradus.service.testcase.run;

import io.gradus.asl.expr.RandomSource;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import io.gradus.engine.port.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who answers the calls of a run's tasks.
interface Answers {
  /// What comes of a call.
  sealed interface Answer {
    /// This, so long after the call.
    record Reply(TaskOutcome outcome, Duration after) implements Answer {}

    /// Nobody knows: the run breaks off.
    ///
    /// @param why a sentence that names the state
    record None(String why) implements Answer {}

    /// Nothing: the task goes on for as long as the execution does.
    enum Never implements Answer {
      NEVER
    }
  }

  /// Tells what happened, before what is called because of it.
  default void happened(List<Fact> facts) {}

  /// Answers a call.
  ///
  /// @param execution as it stands after the call was decided
  Answer answer(Execution execution, Effect.InvokeTask call, Instant now, RandomSource random);
}
