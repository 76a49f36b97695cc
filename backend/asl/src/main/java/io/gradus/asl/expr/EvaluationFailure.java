package io.gradus.asl.expr;

import io.gradus.asl.model.ErrorName;
import org.jspecify.annotations.Nullable;

/// An expression could not be evaluated: a workflow error (data, for the interpreter to catch in
/// one place), not a fault of the server. Carries no stack trace.
public final class EvaluationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorName error;
  private final @Nullable String location;

  /// A failure as AWS reports it.
  ///
  /// @param cause AWS's sentence
  /// @param location the field (`Arguments/x`) as in `EvaluationFailed` events; null where AWS
  ///   names none
  public EvaluationFailure(ErrorName error, String cause, @Nullable String location) {
    super(cause, null, false, false);
    this.error = error;
    this.location = location;
  }

  public ErrorName error() {
    return error;
  }

  public String causeText() {
    return String.valueOf(getMessage());
  }

  public @Nullable String location() {
    return location;
  }
}
