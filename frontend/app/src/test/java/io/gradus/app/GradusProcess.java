package io.gradus.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Gradus in a process of its own, which can be killed as a machine would kill it.
final class GradusProcess implements AutoCloseable {
  private static final Pattern UP = Pattern.compile("Gradus is up: (http://\\S+)");

  private final Process process;
  private final List<String> said = new ArrayList<>();
  private @Nullable String address;

  private GradusProcess(Process process) {
    this.process = process;
  }

  /// Starts one on this data directory and a free port.
  static GradusProcess start(Path data) {
    return start(data, Map.of());
  }

  /// As [#start(Path)], with settings as environment variables and further arguments.
  static GradusProcess start(Path data, Map<String, String> settings, String... arguments) {
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-Xmx512m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  GradusApplication.class.getName(),
                  "--gradus.data-dir=" + data,
                  "--vaadin.productionMode=true"));
      command.addAll(List.of(arguments));
      if (command.stream().noneMatch(argument -> argument.startsWith("--gradus.port="))) {
        command.add("--gradus.port=0");
      }
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(settings);
      return new GradusProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it says where it listens, such as `http://127.0.0.1:40123`.
  String address() {
    String known = address;
    if (known == null) {
      String line = line(UP);
      Matcher matcher = UP.matcher(line);
      if (!matcher.find()) {
        throw new IllegalStateException("expected an address, found " + line);
      }
      known = matcher.group(1);
      address = known;
    }
    return known;
  }

  /// Reads on until a line has it.
  String line(Pattern wanted) {
    try {
      BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
      String line = reader.readLine();
      while (line != null) {
        said.add(line);
        if (wanted.matcher(line).find()) {
          return line;
        }
        line = reader.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("expected " + wanted + ", found\n" + String.join("\n", said));
  }

  /// `kill -9`.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM; gives back the exit code.
  int terminate() throws InterruptedException {
    // Not process.destroy(), which would close the stream under us.
    process.toHandle().destroy();
    drainOutput();
    return process.waitFor();
  }

  /// Waits for it to end by itself; gives back the exit code.
  int end() throws InterruptedException {
    drainOutput();
    return process.waitFor();
  }

  private void drainOutput() {
    // Or it would wait for us to read.
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(said::add);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
