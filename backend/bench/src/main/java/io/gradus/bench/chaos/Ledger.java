package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.WorkerCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/// What the workers were called for, on disk before they answer. Many lines share one sync.
final class Ledger implements AutoCloseable {
  private final FileChannel file;
  private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final Thread writer;

  private record Line(WorkerCall call, CompletableFuture<Boolean> durable) {}

  Ledger(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    writer = Thread.ofPlatform().daemon().name("ledger").start(this::run);
  }

  /// Returns when it is on disk.
  void write(WorkerCall call) {
    Line line = new Line(call, new CompletableFuture<>());
    lines.add(line);
    line.durable().join();
  }

  private void run() {
    List<Line> group = new ArrayList<>();
    try {
      while (true) {
        group.add(lines.take());
        lines.drainTo(group);
        StringBuilder text = new StringBuilder();
        group.forEach(
            line -> text.append(JsonMapper.shared().writeValueAsString(line.call())).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
        group.forEach(line -> line.durable().complete(true));
        group.clear();
      }
    } catch (IOException | InterruptedException e) {
      lines.drainTo(group);
      group.forEach(line -> line.durable().completeExceptionally(e));
    }
  }

  @Override
  public void close() throws IOException {
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }
}
