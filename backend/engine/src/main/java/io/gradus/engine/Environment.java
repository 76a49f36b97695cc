package io.gradus.engine;

import io.gradus.asl.expr.RandomSource;
import io.gradus.engine.port.TokenMint;
import java.time.Instant;

/// All that a decision takes from outside. Equal environments give equal decisions.
///
/// @param now database time
public record Environment(Instant now, RandomSource random, TokenMint tokens) {}
