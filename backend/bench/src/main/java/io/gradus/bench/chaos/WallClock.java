package io.gradus.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The wall clock of one node, which can be set: libfaketime before its process, with an offset
/// that it reads from a file. The monotonic clock goes on as it is, as when a machine's time is
/// set.
final class WallClock {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

  private final Path offset;

  WallClock(Path directory) throws IOException {
    offset = directory.resolve("clock-offset");
    set(0);
  }

  /// Where libfaketime is; empty where it is not installed.
  static Optional<Path> library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst();
  }

  /// The environment of a process that reads this clock; empty without libfaketime.
  Map<String, String> environment() {
    return library()
        .map(
            found ->
                Map.of(
                    "LD_PRELOAD", found.toString(),
                    "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                    "FAKETIME_CACHE_DURATION", "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                    "DONT_FAKE_MONOTONIC", "1"))
        .orElse(Map.of());
  }

  /// Sets it to so many seconds before or after the true time; seen within a second.
  void set(int seconds) throws IOException {
    Path fresh = offset.resolveSibling("clock-offset.new");
    Files.writeString(fresh, (seconds < 0 ? "" : "+") + seconds + "s\n");
    Files.move(fresh, offset, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }
}
