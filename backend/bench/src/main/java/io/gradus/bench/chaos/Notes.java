package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Note;
import io.gradus.bench.chaos.check.Note.Outcome;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes down what the clients saw, a JSON line each.
final class Notes implements AutoCloseable {
  private final BufferedWriter file;
  private final AtomicLong calls = new AtomicLong();

  Notes(Path path) throws IOException {
    file = Files.newBufferedWriter(path);
  }

  /// The number of a call that is about to be made.
  long next() {
    return calls.incrementAndGet();
  }

  void write(
      long call,
      Outcome type,
      String tenant,
      String operation,
      String subject,
      @Nullable String value) {
    String line =
        JsonMapper.shared()
            .writeValueAsString(
                new Note(call, type, tenant, operation, subject, value, Instant.now()));
    synchronized (file) {
      try {
        file.write(line);
        file.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (file) {
      file.close();
    }
  }
}
