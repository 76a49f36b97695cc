package io.gradus.bench.chaos;

import io.gradus.bench.Server;
import java.io.IOException;
import java.nio.file.Path;
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
  private @Nullable Server server;
  private int kills;

  ChaosNode(String name, Path directory, DatabaseProxy proxy, Map<String, String> settings)
      throws IOException {
    this.name = name;
    this.port = Server.freePort();
    this.directory = directory;
    this.proxy = proxy;
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

  int kills() {
    return kills;
  }

  DatabaseProxy proxy() {
    return proxy;
  }

  synchronized void start() throws IOException {
    if (server == null || !server.process().isAlive()) {
      server = Server.launch(directory, port, settings);
    }
  }

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
    if (server != null) {
      kills++;
      server.process().destroyForcibly();
      server.process().onExit().join();
    }
  }

  /// Freezes the process, or lets it go on.
  synchronized void freeze(boolean frozen) throws IOException, InterruptedException {
    if (server != null) {
      new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(server.process().pid()))
          .start()
          .waitFor();
    }
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
    }
  }
}
