package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.OtherProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS CLI drives every operation that it knows: its own parser, paginators and output, in one
/// Python. It is brought by pip for this test alone where Python does not have it; where it can't
/// be had, the test says so and is skipped.
class AwsCliTest {
  private static final Path SCRIPT = Path.of("src/test/python/drive.py").toAbsolutePath();
  private static final String VERSION = "awscli==1.45.11";

  @Test
  void drivesEveryOperation(@TempDir Path data, @TempDir Path work) throws Exception {
    Map<String, String> environment = new HashMap<>(brought(work));
    try (RunningGradus gradus = RunningGradus.start(data)) {
      SignedCalls calls = SignedCalls.ofNewTenant(gradus);
      environment.putAll(calls.environment());
      environment.putAll(
          Map.of(
              "AWS_CONFIG_FILE", "/dev/null",
              "AWS_DEFAULT_REGION", SignedCalls.REGION,
              "AWS_PAGER", "",
              "AWS_DISABLE_HOST_PREFIX_INJECTION", "true",
              "PYTHONIOENCODING", "utf-8"));

      Ended ended =
          OtherProgram.run(work, environment, List.of("python3", SCRIPT.toString(), calls.account));

      assertThat(ended.said()).contains("drove 37");
      assertThat(ended.code()).isZero();
    }
  }

  /// What Python finds the CLI by.
  private static Map<String, String> brought(Path work) throws IOException, InterruptedException {
    List<String> asks = List.of("python3", "-c", "import awscli.clidriver");
    if (OtherProgram.run(work, Map.of(), asks).code() == 0) {
      return Map.of();
    }
    Path folder = work.resolve("python");
    Ended pip =
        OtherProgram.run(
            work,
            Map.of(),
            List.of(
                "python3",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--target",
                folder.toString(),
                VERSION));
    if (pip.code() != 0) {
      OtherProgram.skip("the AWS CLI", pip);
    }
    return Map.of("PYTHONPATH", folder.toString());
  }
}
