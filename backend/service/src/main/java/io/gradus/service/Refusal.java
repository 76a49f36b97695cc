package io.gradus.service;

import org.jspecify.annotations.Nullable;

/// A use case that was asked for something it must not or cannot do.
///
/// It is an answer, not a fault: it carries no stack trace, and its message is meant for the
/// caller.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /// A refusal with AWS's name and AWS's sentence.
  public Refusal(ErrorCode code, String message) {
    this(code, message, null);
  }

  /// A refusal that something else is behind.
  Refusal(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause, true, false);
    this.code = code;
  }

  /// AWS's name of the reason.
  public ErrorCode code() {
    return code;
  }

  /// The sentence for the caller.
  public String message() {
    return String.valueOf(getMessage());
  }
}
