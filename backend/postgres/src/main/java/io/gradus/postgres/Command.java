package io.gradus.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs a program to its end.
final class Command {
  private Command() {}

  /// How a program ended.
  ///
  /// @param output what it wrote to both of its streams
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /// Runs a program and waits for it. Its output goes through a file and not a pipe: a server that
  /// it leaves behind would hold a pipe open for ever.
  ///
  /// @throws IOException when it cannot be started
  static Outcome run(List<String> command) throws IOException {
    Path output = Files.createTempFile("gradus", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      int exitCode = process.waitFor();
      return new Outcome(
          exitCode, new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.getFirst(), e);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
