package io.gradus.integrations.http;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;

/// A failure that ends the call before or after the exchange.
final class HttpFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;

  HttpFault(String error, String cause) {
    super(cause);
    this.error = error;
  }

  /// What the task's author wrote or passed cannot be sent.
  static HttpFault runtime(String cause) {
    return new HttpFault("States.Runtime", cause);
  }

  TaskOutcome outcome() {
    return Failures.failed(error, getMessage());
  }
}
