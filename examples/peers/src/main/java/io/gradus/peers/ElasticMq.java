package io.gradus.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An SQS: ElasticMQ (Apache-2.0), in memory.
public final class ElasticMq implements AutoCloseable {
  private static final Pattern UP =
      Pattern.compile("Started SQS rest server, bind address 127\\.0\\.0\\.1:(\\d+)");

  private final PeerProcess process;

  private ElasticMq(PeerProcess process) {
    this.process = process;
  }

  /// Starts one on a free port, without queues.
  public static ElasticMq start() {
    Path directory = PeerFiles.jars("elasticmq");
    List<String> command = new ArrayList<>(PeerFiles.java());
    command.addAll(
        List.of(
            "-Drest-sqs.bind-hostname=127.0.0.1",
            "-Drest-sqs.bind-port=0",
            // Queues are named by the address that the caller used.
            "-Dnode-address.host=*",
            "-Drest-stats.enabled=false",
            "-cp",
            directory.resolve("*").toString(),
            "org.elasticmq.server.Main"));
    return new ElasticMq(PeerProcess.start("ElasticMQ", directory, command, UP));
  }

  /// Where it listens.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + process.port());
  }

  /// Answers no call until [#resume]; what is called meanwhile is done then.
  public void pause() {
    process.signal("STOP");
  }

  /// Goes on.
  public void resume() {
    process.signal("CONT");
  }

  @Override
  public void close() {
    process.close();
  }
}
