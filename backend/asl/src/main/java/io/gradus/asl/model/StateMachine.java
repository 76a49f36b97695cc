package io.gradus.asl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A set of states with a start: a whole definition, a branch of a Parallel or the processor of a
/// Map.
///
/// @param timeoutSeconds of the whole execution; only a definition's root may have it
public record StateMachine(
    StateName startAt,
    Map<StateName, State> states,
    QueryLanguage language,
    @Nullable String comment,
    @Nullable Integer timeoutSeconds) {
  public StateMachine {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }
}
