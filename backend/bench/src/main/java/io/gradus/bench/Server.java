package io.gradus.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A whole Gradus as a process of its own, as `./gradus run` starts it, on a free port of the
/// loopback.
public final class Server implements AutoCloseable {
  public static final String ACCOUNT = "000000000000";
  public static final String ACCESS_KEY = "AKIABENCHBENCHBENCH0";
  public static final String SECRET = "bench-bench-bench-bench-bench-bench-bench";

  private final Process process;
  private final int port;
  private final Path log;

  private Server(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// Starts it and returns at once; whether it answers is asked by calling it.
  static Server launch(Path data) throws IOException {
    return launch(data, freePort(), Map.of());
  }

  /// As [#launch(Path)], at a port and with settings of one's own.
  public static Server launch(Path data, int port, Map<String, String> settings)
      throws IOException {
    Path log = Files.createTempFile("gradus-bench", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseCompactObjectHeaders");
    command.addAll(start());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GRADUS_"));
    environment.put("GRADUS_PORT", Integer.toString(port));
    environment.put("GRADUS_DATA_DIR", data.toString());
    environment.put("GRADUS_BOOTSTRAP_ACCOUNT", ACCOUNT);
    environment.put("GRADUS_BOOTSTRAP_ACCESS_KEY_ID", ACCESS_KEY);
    environment.put("GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY", SECRET);
    environment.put("GRADUS_BOOTSTRAP_ADMIN_PASSWORD", SECRET);
    environment.putAll(settings);
    return new Server(builder.start(), port, log);
  }

  int port() {
    return port;
  }

  /// The process, which is the JVM itself.
  public ProcessHandle process() {
    return process.toHandle();
  }

  /// A client of its API.
  Client client() {
    return new Client(port);
  }

  /// Waits until it answers an API call.
  public void awaitAnswer() throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    while (System.nanoTime() < until) {
      if (!process.isAlive()) {
        throw new IOException("expected the server to run; its log: " + Files.readString(log));
      }
      try (Client client = client()) {
        client.call("ListActivities", "{}");
        return;
      } catch (IOException | UncheckedIOException _) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IOException("expected an answer within 240 s; its log: " + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> start() {
    String jar = System.getenv("GRADUS_JAR");
    if (jar == null || !Files.exists(Path.of(jar))) {
      throw new IllegalStateException("expected GRADUS_JAR to name the built jar");
    }
    String options = System.getenv().getOrDefault("GRADUS_SERVER_JAVA_OPTS", "");
    return Stream.concat(
            Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()),
            Stream.of("-jar", jar))
        .toList();
  }

  /// A port of the loopback that nobody listens on just now.
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
