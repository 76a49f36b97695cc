package io.gradus.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Many of AWS's services at once, in memory: moto's server (Apache-2.0), where this machine has
/// one. It is brought by nobody.
public final class Moto implements AutoCloseable {
  private static final Pattern UP = Pattern.compile("Running on http://127\\.0\\.0\\.1:(\\d+)");

  private final PeerProcess process;

  private Moto(PeerProcess process) {
    this.process = process;
  }

  /// Starts one on a free port, with nothing in it.
  ///
  /// @throws IllegalStateException where there is none, with what the machine says about that
  public static Moto start() {
    List<String> command = List.of("moto_server", "-H", "127.0.0.1", "-p", "0");
    return new Moto(PeerProcess.start("moto_server", Path.of("."), command, UP));
  }

  /// Where it listens.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + process.port());
  }

  @Override
  public void close() {
    process.close();
  }
}
