package io.gradus.asl.validate;

import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Diagnostic.Severity;
import org.jspecify.annotations.Nullable;

/// The names that AWS allows for state machines, executions and activities.
public final class StateMachineNames {
  private static final int MAX_LENGTH = 80;
  private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

  private StateMachineNames() {}

  /// What is wrong with a name; null where it is a good one. Whether it is taken is not known here.
  public static @Nullable Diagnostic fault(String name) {
    if (name.isEmpty()) {
      return fault(Code.STATE_MACHINE_NAME_EMPTY, "The state machine name cannot be empty");
    }
    if (name.codePointCount(0, name.length()) > MAX_LENGTH) {
      return fault(
          Code.STATE_MACHINE_NAME_TOO_LONG,
          "The state machine name exceeds the %d-character limit allowed by the service"
              .formatted(MAX_LENGTH));
    }
    return name.codePoints().anyMatch(StateMachineNames::isForbidden)
        ? fault(
            Code.STATE_MACHINE_NAME_INVALID, "The state machine name contains invalid characters")
        : null;
  }

  /// The name is no part of the definition, and so has no place in it.
  private static Diagnostic fault(Code code, String message) {
    return new Diagnostic(Severity.ERROR, code, message, "", 0, 0);
  }

  private static boolean isForbidden(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || (c >= 0xFFFE && c <= 0xFFFF)
        || FORBIDDEN.indexOf(c) >= 0;
  }
}
