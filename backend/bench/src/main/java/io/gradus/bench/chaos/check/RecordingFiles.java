package io.gradus.bench.chaos.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A recording as a directory of JSON lines. Clients and workers write theirs as they go; what the
/// database has is added when it has come to rest.
public final class RecordingFiles {
  private static final String CLIENTS = "clients.jsonl";
  private static final String WORKERS = "workers.jsonl";
  private static final String EXECUTIONS = "executions.jsonl";
  private static final String HISTORY = "history.jsonl";
  private static final String LEFTOVERS = "leftovers.json";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory;

  public RecordingFiles(Path directory) {
    this.directory = directory;
  }

  /// Where clients write what they saw.
  public Path clients() {
    return directory.resolve(CLIENTS);
  }

  /// Where workers write which calls reached them.
  public Path workers() {
    return directory.resolve(WORKERS);
  }

  /// Adds what the database has.
  public void writeDatabase(
      List<StoredExecution> executions, List<StoredRun> runs, Map<String, Long> leftovers)
      throws IOException {
    writeLines(EXECUTIONS, executions);
    writeLines(HISTORY, runs);
    Files.writeString(directory.resolve(LEFTOVERS), JSON.writeValueAsString(leftovers));
  }

  /// Writes all of a recording.
  public void write(Recording recording) throws IOException {
    writeLines(CLIENTS, recording.notes());
    writeLines(WORKERS, recording.calls());
    writeDatabase(recording.executions(), recording.runs(), recording.leftovers());
  }

  private void writeLines(String file, List<?> lines) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(directory.resolve(file))) {
      for (Object line : lines) {
        out.write(JSON.writeValueAsString(line));
        out.newLine();
      }
    }
  }

  /// Reads it all.
  public Recording read() throws IOException {
    return new Recording(
        lines(CLIENTS, Note.class),
        lines(WORKERS, WorkerCall.class),
        lines(EXECUTIONS, StoredExecution.class),
        lines(HISTORY, StoredRun.class).stream()
            .sorted(
                Comparator.comparing(StoredRun::tenant)
                    .thenComparing(StoredRun::execution)
                    .thenComparingLong(StoredRun::firstEventId))
            .toList(),
        JSON.readValue(
            Files.readString(directory.resolve(LEFTOVERS)),
            new TypeReference<Map<String, Long>>() {}));
  }

  private <T> List<T> lines(String file, Class<T> type) {
    try (Stream<String> lines = Files.lines(directory.resolve(file))) {
      return lines.filter(line -> !line.isBlank()).map(line -> JSON.readValue(line, type)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
