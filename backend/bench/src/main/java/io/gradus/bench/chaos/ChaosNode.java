package io.gradus.bench.chaos;

import io.gradus.bench.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node as a process: it can be killed, stopped and continued, and comes back at the same port.
final class ChaosNode implements AutoCloseable {
  private final String name;
  private final int port;
  private final Path directory;
  private final Map<String, String> settings;
  private final DatabaseProxy proxy;
  private final WallClock clock;
  private @Nullable Server server;
  private int kills;

  ChaosNode(String name, Path directory, DatabaseProxy proxy, Map<String, String> settings)
      throws IOException {
    this.name = name;
    this.port = Server.freePort();
    this.directory = directory;
    this.proxy = proxy;
    this.clock = new WallClock(directory);
    this.settings = new HashMap<>(settings);
    this.settings.put("GRADUS_NODE_NAME", name);
    this.settings.put(
        "GRADUS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/gradus");
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /// Its process; 0 where it has none.
  synchronized long pid() {
    return server == null ? 0 : server.process().pid();
  }

  int kills() {
    return kills;
  }

  DatabaseProxy proxy() {
    return proxy;
  }

  WallClock clock() {
    return clock;
  }

  /// From its next start on, its clock can be set, and it has that fault.
  ///
  /// @param plant the name of a fault, empty for none
  void putAgent(Path jar, String plant) {
    String planted = plant.isEmpty() ? "" : ",plant=" + plant;
    settings.put("JDK_JAVA_OPTIONS", "-javaagent:" + jar + "=clock=" + clock.file() + planted);
  }

  boolean hasAgent() {
    return settings.containsKey("JDK_JAVA_OPTIONS");
  }

  synchronized void start() throws IOException {
    if (server == null || !server.process().isAlive()) {
      server = Server.launch(directory, port, settings);
    }
  }

  /// Waits until it answers.
  synchronized void awaitAnswer() throws IOException, InterruptedException {
    if (server != null) {
      server.awaitAnswer();
    }
  }

  synchronized boolean isAlive() {
    return server != null && server.process().isAlive();
  }

  /// With -9.
  synchronized void kill() {
    if (server != null && server.process().isAlive()) {
      kills++;
      server.process().destroyForcibly();
      server.process().onExit().join();
    }
  }

  /// Freezes the process, or lets it go on.
  synchronized void freeze(boolean frozen) throws IOException {
    if (server != null) {
      new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(server.process().pid()))
          .start()
          .onExit()
          .join();
    }
  }

  /// Ends every fault of it, and starts it where it is dead.
  void heal() throws IOException {
    proxy.heal();
    clock.set(Duration.ZERO);
    freeze(false);
    start();
  }

  @Override
  public synchronized void close() throws IOException {
    if (server != null) {
      server.close();
    }
    proxy.close();
  }
}
