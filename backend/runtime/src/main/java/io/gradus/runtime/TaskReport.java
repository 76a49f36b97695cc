package io.gradus.runtime;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Payload;
import org.jspecify.annotations.Nullable;

/// What a worker says about its task.
public sealed interface TaskReport {
  record Success(Payload output) implements TaskReport {}

  record Failure(ErrorName error, @Nullable String cause) implements TaskReport {}

  enum Heartbeat implements TaskReport {
    HEARTBEAT
  }
}
