package io.gradus.asl.expr;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The workflow variables visible to a state: its own scope's, then those of the scopes around it.
public interface Variables {
  Variables NONE = _ -> null;

  /// The value of `$name`, null where it is not assigned.
  @Nullable JsonNode get(String name);
}
