package io.gradus.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An S3: Adobe's S3Mock (Apache-2.0). It takes any keys, and buckets in the path. Its objects are
/// gone with it.
public final class S3Mock implements AutoCloseable {
  private static final Pattern UP = Pattern.compile("Tomcat started on .*?(\\d+) \\(http\\)");

  private final PeerProcess process;

  private S3Mock(PeerProcess process) {
    this.process = process;
  }

  /// Starts one on a free port.
  public static S3Mock start() {
    Path directory = PeerFiles.jars("s3mock");
    List<String> command = new ArrayList<>(PeerFiles.java());
    command.addAll(
        List.of(
            "-Dserver.address=127.0.0.1",
            "-jar",
            "s3mock-exec.jar",
            "--server.port=0",
            "--http.port=0",
            "--logging.level.root=INFO"));
    return new S3Mock(PeerProcess.start("S3Mock", directory, command, UP));
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
