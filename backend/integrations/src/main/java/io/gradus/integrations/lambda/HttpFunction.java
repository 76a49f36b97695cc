package io.gradus.integrations.lambda;

import java.net.URI;
import java.time.Duration;

/// A function that a tenant registered as an HTTP endpoint: it gets the Lambda Invoke body as a
/// POST.
///
/// @param uri as [io.gradus.integrations.egress.EgressUri] accepts it
/// @param timeout how long a call may take, at least a second and at most [#LONGEST]
public record HttpFunction(URI uri, Duration timeout) {
  /// As long as AWS lets a function run.
  public static final Duration LONGEST = Duration.ofMinutes(15);
}
