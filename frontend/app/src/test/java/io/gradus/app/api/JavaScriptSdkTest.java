package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gradus.app.RunningGradus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS SDK for JavaScript drives every operation that it knows. It is brought by npm for this
/// test alone; where neither can be had, the test says so and is skipped.
class JavaScriptSdkTest {
  private static final Path SCRIPTS = Path.of("src/test/node");
  private static final int MINUTES = 3;

  private record Ended(int code, String said) {}

  @Test
  void drivesEveryOperation(@TempDir Path data, @TempDir Path work) throws Exception {
    Path folder = brought(work);
    try (RunningGradus gradus = RunningGradus.start(data)) {
      SignedCalls calls = SignedCalls.ofNewTenant(gradus);

      Ended ended = run(folder, calls.environment(), List.of(node(), "drive.mjs", calls.account));

      assertThat(ended.said()).contains("drove 37");
      assertThat(ended.code()).isZero();
    }
  }

  /// The scripts with the SDK beside them.
  private static Path brought(Path work) throws IOException, InterruptedException {
    for (String file : List.of("package.json", "drive.mjs")) {
      Files.copy(SCRIPTS.resolve(file), work.resolve(file));
    }
    Ended npm;
    try {
      npm = run(work, Map.of(), List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
    } catch (IOException e) {
      npm = new Ended(-1, String.valueOf(e.getMessage()));
    }
    if (npm.code() != 0) {
      String why = "SKIPPED: the AWS SDK for JavaScript can't be had: " + npm.said().strip();
      System.err.println(why);
      abort(why);
    }
    return work;
  }

  /// The build's own Node where it is there, or the one on the path.
  private static String node() throws IOException {
    Path tools = Path.of("../../.tools/node");
    if (Files.isDirectory(tools)) {
      try (Stream<Path> files = Files.walk(tools, 6)) {
        return files
            .filter(file -> file.endsWith("bin/node") && Files.isExecutable(file))
            .findFirst()
            .map(file -> file.toAbsolutePath().toString())
            .orElse("node");
      }
    }
    return "node";
  }

  private static Ended run(Path folder, Map<String, String> more, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(more);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("expected it to end: " + command);
    }
    return new Ended(process.exitValue(), said);
  }
}
