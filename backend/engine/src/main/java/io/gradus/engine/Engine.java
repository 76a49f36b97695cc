package io.gradus.engine;

import io.gradus.engine.interpret.Applier;
import io.gradus.engine.interpret.Interpreter;
import java.util.List;

/// The interpreter of state machines as a function. It reads no clock, no random numbers and no
/// database of its own; equal arguments give equal results.
public final class Engine {
  private Engine() {}

  /// Runs an execution as far as it can go without the outside world.
  public static Decision decide(Execution execution, Command command, Environment environment) {
    return Interpreter.decide(execution, command, environment);
  }

  /// What a loaded execution still needs done: calls that may have been lost, timers. Changes
  /// nothing; the effects are as those of a decision that is already durable.
  public static List<Effect> resume(Execution execution, Environment environment) {
    return Interpreter.resume(execution, environment);
  }

  /// Folds one fact into an execution's state.
  ///
  /// @throws IllegalStateException if the fact cannot follow from that state
  public static Execution apply(Execution execution, Fact fact) {
    return Applier.apply(execution, fact);
  }
}
