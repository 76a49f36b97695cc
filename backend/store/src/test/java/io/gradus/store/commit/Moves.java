package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Transitions for tests, each with a mark of its own.
final class Moves {
  private static final AtomicLong MARKS = new AtomicLong();

  private Moves() {}

  static NewExecution start(TenantId tenant, UUID machine, String name) {
    return start(tenant, machine, name, SideRows.NONE);
  }

  static NewExecution start(TenantId tenant, UUID machine, String name, SideRows rows) {
    ExecutionKey key = new ExecutionKey(tenant, id());
    return new NewExecution(
        move(key, 0, 1, rows),
        machine,
        new UUID(0, 1),
        name,
        new byte[32],
        Instant.parse("2026-01-01T00:00:00.123456Z"),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static Transition move(ExecutionKey key, long version, long firstEventId) {
    return move(key, version, firstEventId, SideRows.NONE);
  }

  static Transition move(ExecutionKey key, long version, long firstEventId, SideRows rows) {
    return new Transition(
        key,
        version,
        MARKS.incrementAndGet(),
        1,
        ExecutionStatus.RUNNING,
        null,
        firstEventId + 4,
        bytes("state " + version),
        new Transition.HistoryRun(firstEventId, bytes("events from " + firstEventId)),
        rows);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A UUID of version 7.
  static UUID id() {
    long random = ThreadLocalRandom.current().nextLong();
    return new UUID(
        (System.currentTimeMillis() << 16) | 0x7000 | (random & 0xfff),
        0x8000_0000_0000_0000L | ThreadLocalRandom.current().nextLong() >>> 2);
  }
}
