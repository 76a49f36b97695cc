package io.gradus.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that runs until it is closed, or until this process is no more.
///
/// A shell stands between: it ends the program by its id as soon as nobody holds the shell's
/// standard input open, which is so even where this process was killed.
final class PeerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final int LINES_KEPT = 40;
  private static final String KEEPER =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      peer=$!
      echo "peer process $peer"
      { read -r nothing <&3 || true; kill "$peer" 2>/dev/null; sleep 5; kill -9 "$peer" 2>/dev/null; } &
      keeper=$!
      wait "$peer"
      kill "$keeper" 2>/dev/null
      """;

  private static final Pattern PID = Pattern.compile("^peer process (\\d+)$");

  private final Process process;
  private final long pid;
  private final int port;

  private PeerProcess(Process process, long pid, int port) {
    this.process = process;
    this.pid = pid;
    this.port = port;
  }

  /// Starts it and waits until it says on which port it listens.
  ///
  /// @param says its line about that; the first group is the port
  static PeerProcess start(String name, Path directory, List<String> command, Pattern says) {
    List<String> kept = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh"));
    kept.addAll(command);
    Process process;
    try {
      process =
          new ProcessBuilder(kept).directory(directory.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CompletableFuture<Long> pid = new CompletableFuture<>();
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread.ofVirtual().name(name).start(() -> listen(process, says, pid, port));
    try {
      int listens = port.get(START.toSeconds(), TimeUnit.SECONDS);
      return new PeerProcess(process, pid.join(), listens);
    } catch (ExecutionException | TimeoutException e) {
      end(process);
      throw new IllegalStateException(name + " did not start", e);
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Reads on to the end, or the program would wait for a reader.
  private static void listen(
      Process process, Pattern says, CompletableFuture<Long> pid, CompletableFuture<Integer> port) {
    Deque<String> said = new ArrayDeque<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher started = PID.matcher(line);
        if (started.find()) {
          pid.complete(Long.valueOf(started.group(1)));
          continue;
        }
        Matcher matcher = says.matcher(line);
        if (matcher.find()) {
          port.complete(Integer.valueOf(matcher.group(1)));
        }
        said.add(line);
        if (said.size() > LINES_KEPT) {
          said.remove();
        }
      }
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
    port.completeExceptionally(new IllegalStateException(String.join("\n", said)));
  }

  int port() {
    return port;
  }

  /// Lets the program stand still, or go on: it hears calls, and answers none meanwhile.
  void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("process " + pid + " took no " + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
