package io.gradus.bench.chaos.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one client did or learnt. A call without an answer may have had its effect or not.
///
/// @param call tells one call from another; its INVOKE comes first
/// @param tenant whose key signed it: the account number
/// @param operation the API's name of it, or [#TRESPASS] and that where the subject is another
///   tenant's and the call must be refused
/// @param subject the execution's name, the token, or the activity's name
/// @param value what was sent with an INVOKE, the answer of an OK, the error's name of a FAIL
public record Note(
    long call,
    Outcome type,
    String tenant,
    String operation,
    String subject,
    @Nullable String value,
    Instant at) {
  public static final String TRESPASS = "trespass:";

  /// What a client learnt.
  public enum Outcome {
    INVOKE,
    OK,
    FAIL,
    /// No answer: either outcome is right.
    INFO
  }

  boolean isTrespass() {
    return operation.startsWith(TRESPASS);
  }

  boolean is(String name, Outcome outcome) {
    return type == outcome && operation.equals(name);
  }
}
