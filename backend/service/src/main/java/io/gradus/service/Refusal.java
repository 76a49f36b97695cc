package io.gradus.service;

import org.jspecify.annotations.Nullable;

/// A use case that was asked for something it must not or cannot do.
///
/// It is an answer, not a fault: it carries no stack trace, and its message is meant for the
/// caller.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String people;

  /// A refusal with AWS's name and AWS's sentence.
  public Refusal(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  /// A refusal that something else is behind.
  Refusal(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, null);
  }

  private Refusal(
      ErrorCode code, String message, @Nullable Throwable cause, @Nullable String people) {
    super(message, cause, true, false);
    this.code = code;
    this.people = people;
  }

  /// AWS's AccessDeniedException.
  ///
  /// @param message AWS's sentence, for programs
  /// @param people what somebody is told who reads the console
  public static Refusal denied(String message, String people) {
    return new Refusal(ErrorCode.ACCESS_DENIED, message, null, people);
  }

  /// AWS's name of the reason.
  public ErrorCode code() {
    return code;
  }

  /// The sentence for the caller.
  public String message() {
    return String.valueOf(getMessage());
  }

  /// The sentence for somebody who reads the console, without its full stop: AWS's own, except
  /// where that speaks of users and policies that nobody here has.
  public String forPeople() {
    return people == null ? message() : people;
  }
}
