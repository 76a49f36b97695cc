package io.gradus.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A DynamoDB: Dynalite (Apache-2.0) in memory, on Node. Its package is brought by npm when it is
/// first wanted, in the versions of the lock file beside this class.
public final class Dynalite implements AutoCloseable {
  private static final Pattern UP = Pattern.compile("Dynalite listens on port (\\d+)");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "start.mjs");
  private static final int BRINGING_MINUTES = 3;

  private final PeerProcess process;

  private Dynalite(PeerProcess process) {
    this.process = process;
  }

  /// Starts one on a free port, without tables.
  ///
  /// @throws IllegalStateException where there is no Node, or npm cannot bring the package
  public static Dynalite start() {
    Path directory = PeerFiles.of("dynalite");
    Path bin = node();
    try {
      bring(directory, bin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String node = bin.resolve("node").toString();
    return new Dynalite(PeerProcess.start("Dynalite", directory, List.of(node, "start.mjs"), UP));
  }

  /// Two test runs may want it at the same time, in processes of their own.
  private static synchronized void bring(Path directory, Path bin) throws IOException {
    Files.createDirectories(directory);
    Path done = directory.resolve("brought");
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("lock").toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      String wanted = new String(resource("package-lock.json"), StandardCharsets.UTF_8);
      if (lock.isValid() && Files.exists(done) && Files.readString(done).equals(wanted)) {
        Files.write(directory.resolve("start.mjs"), resource("start.mjs"));
        return;
      }
      for (String name : FILES) {
        Files.write(directory.resolve(name), resource(name));
      }
      npm(directory, bin);
      Path half = directory.resolve("brought.part");
      Files.writeString(half, wanted);
      Files.move(half, done, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void npm(Path directory, Path bin) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                bin.resolve("npm").toString(), "ci", "--no-audit", "--no-fund", "--silent")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .merge("PATH", bin.toString(), (path, first) -> first + java.io.File.pathSeparator + path);
    Process process = builder.start();
    process.getOutputStream().close();
    Path said = directory.resolve("npm.log");
    try (InputStream output = process.getInputStream()) {
      Files.copy(output, said, StandardCopyOption.REPLACE_EXISTING);
      if (!process.waitFor(BRINGING_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("npm did not bring Dynalite in time");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "npm did not bring Dynalite: " + Files.readString(said).strip());
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = Dynalite.class.getResourceAsStream("dynalite/" + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    }
  }

  /// The directory of a Node with npm: the build's own where it is there, or the one on the path.
  private static Path node() {
    return ours()
        .or(Dynalite::onPath)
        .orElseThrow(() -> new IllegalStateException("Dynalite needs Node.js with npm"));
  }

  private static Optional<Path> ours() {
    for (Path at = PeerFiles.of(""); at != null; at = at.getParent()) {
      Path bin = at.resolve(".tools/node/bin");
      if (Files.isExecutable(bin.resolve("npm"))) {
        return Optional.of(bin);
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(java.io.File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(Path::of)
        .filter(
            directory ->
                Files.isExecutable(directory.resolve("node"))
                    && Files.isExecutable(directory.resolve("npm")))
        .findFirst();
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
