package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Hundreds of [Bomb]s in a process with a heap of 192 MiB that ends when it runs out of memory:
/// each is over within two seconds of work, as a value or as an error of the state's.
class BombCorpusTest {
  private static final int WORK_MILLIS = 2_000;
  private static final Set<String> ERRORS =
      Set.of(
          "! States.QueryEvaluationError:",
          "! States.IntrinsicFailure:",
          "! States.ParameterPathFailure:",
          "! States.Runtime:",
          "! States.DataLimitExceeded:",
          "! refused:");

  @Test
  void everyBombEndsAsTheStatesOwnError() throws IOException, InterruptedException {
    List<Bomb> bombs = Bomb.all();
    Process run = started();
    List<String> outcomes = new ArrayList<>();
    try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(outcomes::add);
      assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      run.destroyForcibly();
    }

    assertThat(bombs).hasSizeGreaterThan(300);
    assertThat(outcomes).as("the last one brought the process down").hasSameSizeAs(bombs);
    assertThat(run.exitValue()).isZero();
    List<String> faults = new ArrayList<>();
    int failures = 0;
    for (int i = 0; i < bombs.size(); i++) {
      String[] told = outcomes.get(i).split("\t", 3);
      boolean failed = told[2].startsWith("! ");
      failures += failed ? 1 : 0;
      boolean sound = !failed || ERRORS.contains(told[2].substring(0, told[2].indexOf(':') + 1));
      if (!sound
          || told[2].contains("ESCAPED")
          || told[2].contains("internal error")
          || Integer.parseInt(told[1]) > WORK_MILLIS) {
        faults.add(bombs.get(i).text() + " on " + bombs.get(i).input() + ": " + outcomes.get(i));
      }
    }
    assertThat(faults).isEmpty();
    assertThat(failures).as("bombs that were refused").isGreaterThan(bombs.size() / 3);
  }

  private static Process started() throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            BombRun.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
