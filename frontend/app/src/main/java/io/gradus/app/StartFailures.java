package io.gradus.app;

import io.gradus.postgres.DataDirectoryInUseException;
import io.gradus.postgres.PostgresUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/// Says in a sentence what a stack trace would bury: why the database could not be had.
final class StartFailures implements FailureAnalyzer {
  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      boolean ours =
          cause instanceof DataDirectoryInUseException
              || cause instanceof PostgresUnavailableException;
      if (ours && message != null) {
        return new FailureAnalysis(message, null, cause);
      }
    }
    return null;
  }
}
