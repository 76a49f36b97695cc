package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.OtherProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS SDK for JavaScript drives every operation that it knows. It is brought by npm for this
/// test alone; where neither can be had, the test says so and is skipped.
class JavaScriptSdkTest {
  private static final Path SCRIPTS = Path.of("src/test/node");

  @Test
  void drivesEveryOperation(@TempDir Path data, @TempDir Path work) throws Exception {
    Path folder = brought(work);
    try (RunningGradus gradus = RunningGradus.start(data)) {
      SignedCalls calls = SignedCalls.ofNewTenant(gradus);

      Ended ended =
          OtherProgram.run(
              folder, calls.environment(), List.of(node(), "drive.mjs", calls.account));

      assertThat(ended.said()).contains("drove 37");
      assertThat(ended.code()).isZero();
    }
  }

  /// The scripts with the SDK beside them.
  static Path brought(Path work) throws IOException, InterruptedException {
    for (String file : List.of("package.json", "drive.mjs")) {
      Files.copy(SCRIPTS.resolve(file), work.resolve(file));
    }
    Ended npm =
        OtherProgram.run(
            work, Map.of(), List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
    if (npm.code() != 0) {
      OtherProgram.skip("the AWS SDK for JavaScript", npm);
    }
    return work;
  }

  /// The build's own Node where it is there, or the one on the path.
  static String node() throws IOException {
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
}
