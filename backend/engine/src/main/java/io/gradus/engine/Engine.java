package io.gradus.engine;

import io.gradus.engine.interpret.Applier;
import io.gradus.engine.interpret.Interpreter;
import io.gradus.engine.interpret.Redrive;
import io.gradus.engine.interpret.Unstarted;
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

  /// Takes an execution that is over and did not succeed up again where it failed.
  ///
  /// @param journal all its facts in order. Of payloads only the size is asked, but for what a Map
  ///   runs over ([Fact.ItemsResolved]), which is read
  /// @throws IllegalArgumentException where it is not over, or succeeded
  public static Decision.Accepted redrive(
      ExecutionInfo info, Iterable<Fact> journal, Environment environment) {
    return Redrive.redrive(info, journal, environment);
  }

  /// The state that a whole journal tells. A redrive goes back in it, which no single fact can.
  public static Execution replay(ExecutionInfo info, Iterable<Fact> journal) {
    return Redrive.replay(info, journal);
  }

  /// What children would have been given that a Map Run which fails did not start.
  ///
  /// @param taker who is given it, while items are added
  public static Unstarted unstarted(Execution execution, FrameId mapRun, Unstarted.Taker taker) {
    return new Unstarted(execution, mapRun, taker);
  }

  /// Folds one fact into an execution's state.
  ///
  /// @throws IllegalStateException if the fact cannot follow from that state
  public static Execution apply(Execution execution, Fact fact) {
    return Applier.apply(execution, fact);
  }
}
