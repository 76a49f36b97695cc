package io.gradus.asl.expr;

import java.time.Instant;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// All that an expression of a state may see. It reads no clock and no random numbers of its own.
///
/// @param input the state's input, before any filter
/// @param context builds the context object (`$$`, `$states.context`); asked only where an
///   expression refers to it
/// @param now the moment of this decision (JSONata `$now`, `$millis`)
/// @param random where `States.UUID`, `States.MathRandom`, `$uuid` and `$random` draw from
/// @param trace is told each stage of the data flow (TestState's `inspectionData`)
/// @param allowance what the state's expressions may spend together
public record Scope(
    JsonNode input,
    Supplier<JsonNode> context,
    Variables variables,
    Instant now,
    RandomSource random,
    StageTrace trace,
    Allowance allowance) {
  /// A scope whose expressions may spend what those of one state may.
  public Scope(
      JsonNode input,
      Supplier<JsonNode> context,
      Variables variables,
      Instant now,
      RandomSource random,
      StageTrace trace) {
    this(input, context, variables, now, random, trace, new Allowance());
  }
}
