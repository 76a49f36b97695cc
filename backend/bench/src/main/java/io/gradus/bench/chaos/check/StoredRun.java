package io.gradus.bench.chaos.check;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of history: what one commit added.
///
/// @param tenant the account number
/// @param movedBy the mark of the write
/// @param committedAt by the database's own clock, null where it kept none
public record StoredRun(
    String tenant,
    UUID execution,
    long firstEventId,
    long movedBy,
    byte[] events,
    @Nullable Instant committedAt) {}
