package io.gradus.service;

import io.gradus.asl.validate.StateMachineNames;

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
}
