package io.gradus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a server wrote of itself in `postmaster.pid`, and whether it is that server that still
/// runs.
///
/// @param pid the server's process id, which may since belong to any other process
/// @param startedAt when the server started, to the second
record PostmasterFile(Path file, long pid, Instant startedAt) {
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  /// Reads the file of a cluster; empty when there is none or it was cut short while being written.
  static Optional<PostmasterFile> read(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PostmasterFile(
              file,
              Long.parseLong(lines.get(0).strip()),
              Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Whether any process has this id now.
  boolean isPidTaken() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /// Whether the process of this id is the server of this very cluster. A server works in its
  /// cluster's directory, which Linux tells; elsewhere its program and its start time must do.
  boolean isThisServerAlive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    Path proc = Path.of("/proc", Long.toString(pid));
    if (Files.isDirectory(proc)) {
      try {
        return Files.readString(proc.resolve("comm")).startsWith("postgres")
            && Files.isSameFile(proc.resolve("cwd"), file.toAbsolutePath().getParent());
      } catch (IOException e) {
        return false;
      }
    }
    ProcessHandle.Info info = process.get().info();
    boolean sameProgram = info.command().map(command -> command.contains("postgres")).orElse(false);
    boolean sameStart =
        info.startInstant()
            .map(start -> Duration.between(start, startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0)
            .orElse(false);
    return sameProgram && sameStart;
  }
}
