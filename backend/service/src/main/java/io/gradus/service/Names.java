package io.gradus.service;

import io.gradus.asl.validate.StateMachineNames;
import org.jspecify.annotations.Nullable;

/// The names of state machines, executions and activities.
public final class Names {
  private Names() {}

  /// Lets a good name pass.
  ///
  /// @throws Refusal InvalidName
  public static void check(String name) {
    if (StateMachineNames.fault(name) != null) {
      throw new Refusal(ErrorCode.INVALID_NAME, "Invalid Name: '" + name + "'");
    }
  }

  /// Lets text pass that can be kept: the database has none with a NUL.
  ///
  /// @param what it is, for the caller
  /// @throws Refusal ValidationException
  public static void checkText(String what, @Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw new Refusal(
          ErrorCode.VALIDATION, "The " + what + " has a character that none may have");
    }
  }
}
