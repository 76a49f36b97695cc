package io.gradus.engine.port;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import org.jspecify.annotations.Nullable;

/// What came of a call.
public sealed interface TaskOutcome {
  /// The call is done. For `.waitForTaskToken` this is the submission; the task stays open for its
  /// token.
  record Succeeded(Payload output) implements TaskOutcome {}

  /// `.sync` only: the work has begun and will be completed later (a child execution's end, a
  /// poll).
  record Submitted(Payload output) implements TaskOutcome {}

  record Failed(FailureKind kind, ErrorName error, @Nullable String cause) implements TaskOutcome {}
}
