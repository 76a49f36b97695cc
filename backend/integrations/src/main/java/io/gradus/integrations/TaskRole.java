package io.gradus.integrations;

import io.gradus.engine.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The role that a task's `Credentials` name.
public final class TaskRole {
  private TaskRole() {}

  /// The role's ARN; null where the task has no credentials.
  ///
  /// @throws IllegalArgumentException if there are credentials that name no role: going on with the
  ///   connection's own would be more than the author meant the call to be allowed
  public static @Nullable String of(@Nullable Payload credentials) {
    if (credentials == null) {
      return null;
    }
    JsonNode role = credentials.json().path("RoleArn");
    if (!role.isString()) {
      throw new IllegalArgumentException("The value for the field 'RoleArn' must be a STRING");
    }
    return role.stringValue();
  }
}
