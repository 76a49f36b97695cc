package io.gradus.integrations;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.TaskOutcome;

/// Arguments that a call cannot be made with: the author's to mend.
public final class InvalidArguments extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param problem a sentence for the author
  public InvalidArguments(String problem) {
    super(problem);
  }

  /// What becomes of the task.
  public TaskOutcome.Failed outcome() {
    return Failures.failed(ErrorName.RUNTIME, getMessage());
  }
}
