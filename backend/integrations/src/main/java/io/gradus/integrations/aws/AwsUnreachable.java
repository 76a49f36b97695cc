package io.gradus.integrations.aws;

import io.gradus.engine.port.TaskOutcome;

/// A service could not be asked, or refused.
public final class AwsUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AwsUnreachable(TaskOutcome.Failed failed) {
    super(failed.error().value() + ": " + failed.cause(), null, false, false);
  }

  /// Why, for the owner of what was asked for.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
