package io.gradus.bench.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the clients saw, a JSON line each: that a call was made, and what came of it. A call
/// without an answer may have had its effect or not.
final class Notes implements AutoCloseable {
  /// What a client learnt.
  enum Outcome {
    INVOKE,
    OK,
    FAIL,
    /// No answer: either outcome is right.
    INFO
  }

  /// @param call tells one call from another; its INVOKE comes first
  /// @param subject the execution's name, or the token
  /// @param value the input of a start, the answer of an OK, the error's name of a FAIL
  record Note(
      long call,
      Outcome type,
      String operation,
      String subject,
      @Nullable String value,
      Instant at) {}

  private final BufferedWriter file;
  private final List<Note> notes = new ArrayList<>();
  private final AtomicLong calls = new AtomicLong();

  Notes(Path path) throws IOException {
    file = Files.newBufferedWriter(path);
  }

  /// Writes that a call is about to be made.
  ///
  /// @return its number
  long invoke(String operation, String subject, @Nullable String value) {
    long call = calls.incrementAndGet();
    write(new Note(call, Outcome.INVOKE, operation, subject, value, Instant.now()));
    return call;
  }

  void outcome(long call, Outcome type, String operation, String subject, @Nullable String value) {
    write(new Note(call, type, operation, subject, value, Instant.now()));
  }

  private synchronized void write(Note note) {
    notes.add(note);
    try {
      file.write(JsonMapper.shared().writeValueAsString(note));
      file.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized List<Note> all() {
    return List.copyOf(notes);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
