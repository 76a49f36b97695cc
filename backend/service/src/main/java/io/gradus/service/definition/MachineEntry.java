package io.gradus.service.definition;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A state machine in its authors' list.
///
/// @param newest its newest revision
/// @param last of the execution that was started last; null where there was none
public record MachineEntry(
    String arn, String name, MachineType type, Revision.Summary newest, @Nullable Last last) {
  /// The execution that was started last.
  public record Last(String name, ExecutionStatus status, Instant startedAt) {}
}
