package io.gradus.service.activity;

import io.gradus.service.definition.EncryptionConfiguration;
import java.time.Instant;

/// An activity: a name under which workers fetch tasks.
public record Activity(
    String arn, String name, Instant createdAt, EncryptionConfiguration encryption) {
  /// A task that a worker has taken.
  ///
  /// @param token completes it
  /// @param input JSON text
  public record Task(String token, String input) {}
}
