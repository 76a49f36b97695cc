package io.gradus.service.execution.view;

import java.time.Instant;

/// The time between an end of an execution and the redrive that took it up again.
///
/// @param redrivenEvent the event that took it up again
public record Pause(Instant from, Instant to, long redrivenEvent) {}
