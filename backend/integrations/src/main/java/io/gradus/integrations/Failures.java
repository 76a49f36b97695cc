package io.gradus.integrations;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.port.TaskOutcome;
import org.jspecify.annotations.Nullable;

/// The failures of calls, within AWS's limits on their texts.
public final class Failures {
  /// Longest error name, in characters.
  public static final int MAX_ERROR = 256;

  /// Longest cause, in characters.
  public static final int MAX_CAUSE = 32_768;

  private Failures() {}

  public static TaskOutcome.Failed failed(String error, @Nullable String cause) {
    return new TaskOutcome.Failed(
        FailureKind.FAILED,
        new ErrorName(bounded(error, MAX_ERROR)),
        cause == null ? null : bounded(cause, MAX_CAUSE));
  }

  public static TaskOutcome.Failed failed(ErrorName error, @Nullable String cause) {
    return failed(error.value(), cause);
  }

  /// What an AWS service refused, in the sentence of AWS's optimised integrations.
  ///
  /// @param prefix of the error name (`Lambda`)
  /// @param exception the rest of the error name (`ResourceNotFoundException`)
  /// @param service as the sentence names it (`AWSLambda`)
  /// @param errorCode as the sentence names it (`ResourceNotFoundException`)
  public static TaskOutcome.Failed refusedByService(
      String prefix,
      String exception,
      String service,
      int status,
      String errorCode,
      String message,
      String requestId) {
    return failed(
        prefix + "." + exception,
        "%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
            .formatted(message, service, status, errorCode, requestId));
  }

  private static String bounded(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    // Half of a surrogate pair is no character and could not be stored as UTF-8.
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }
}
