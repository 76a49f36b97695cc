package io.gradus.service.activity;

import java.time.Instant;

/// An activity: a name under which workers fetch tasks.
public record Activity(String arn, String name, Instant createdAt) {
  /// A task that a worker has taken.
  ///
  /// @param token completes it
  /// @param input JSON text
  public record Task(String token, String input) {}
}
