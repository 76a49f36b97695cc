package io.gradus.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/// The wall clock of one node, which can be set: its offset is in a file that the agent follows.
///
/// Not libfaketime: a JVM behind it was measured to take five times the CPU time.
final class WallClock {
  private final Path offset;

  WallClock(Path directory) throws IOException {
    offset = directory.resolve("clock-offset");
    set(Duration.ZERO);
  }

  Path file() {
    return offset;
  }

  /// Sets it to so much before or after the true time; seen within a fraction of a second.
  void set(Duration off) throws IOException {
    Path fresh = offset.resolveSibling("clock-offset.new");
    Files.writeString(fresh, Long.toString(off.toMillis()));
    Files.move(fresh, offset, StandardCopyOption.ATOMIC_MOVE);
  }
}
