package io.gradus.service.definition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A published version: a revision that keeps its number for good.
public record Version(int number, @Nullable String description, Instant createdAt) {
  /// As it is listed and told.
  public record Summary(String arn, @Nullable String description, Instant createdAt) {}
}
