package io.gradus.app.api;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs what is not Java, and may not be there.
final class OtherProgram {
  private static final int MINUTES = 3;

  private OtherProgram() {}

  /// How a program ended; -1 where there is no such program.
  record Ended(int code, String said) {}

  static Ended run(Path folder, Map<String, String> more, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(more);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Ended(-1, String.valueOf(e.getMessage()));
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("expected it to end: " + command);
    }
    return new Ended(process.exitValue(), said);
  }

  /// Skips the test, loudly.
  static void skip(String what, Ended why) {
    String sentence = "SKIPPED: " + what + " can't be had: " + why.said().strip();
    System.err.println(sentence);
    abort(sentence);
  }
}
