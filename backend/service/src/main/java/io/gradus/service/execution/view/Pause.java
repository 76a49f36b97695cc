package io.gradus.service.execution.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/// The time between an end of an execution and the redrive that took it up again.
///
/// @param redrivenEvent the event that took it up again
public record Pause(Instant from, Instant to, long redrivenEvent) {
  /// How long something took, without the pauses in it.
  ///
  /// @param pauses of its execution
  public static Duration without(Collection<Pause> pauses, Instant began, Instant ended) {
    Duration took = Duration.between(began, ended);
    for (Pause pause : pauses) {
      Instant from = pause.from.isBefore(began) ? began : pause.from;
      Instant to = pause.to.isAfter(ended) ? ended : pause.to;
      if (from.isBefore(to)) {
        took = took.minus(Duration.between(from, to));
      }
    }
    return took;
  }
}
