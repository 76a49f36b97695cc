package io.gradus.bench.chaos.check;

import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An execution's row.
///
/// @param tenant the account number
/// @param state as the engine encoded it
/// @param parent the execution that started it, null for none
/// @param definition the text of its revision
public record StoredExecution(
    String tenant,
    UUID id,
    String machine,
    String name,
    ExecutionStatus status,
    byte[] state,
    long lastEventId,
    @Nullable UUID parent,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    String definition) {

  boolean isChild() {
    return parent != null;
  }

  /// What it is called in messages, and by clients.
  String label() {
    return tenant + "/" + name;
  }
}
