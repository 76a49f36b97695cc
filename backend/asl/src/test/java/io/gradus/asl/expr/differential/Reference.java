package io.gradus.asl.expr.differential;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// JSONata's reference implementation, in a process of Node's. It is installed below `target` once,
/// in the version that `package.json` names.
final class Reference implements AutoCloseable {
  private static final int INSTALL_SECONDS = 60;
  private static final Path ROOT = root();

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private Reference(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /// @return empty where this machine has no Node, or no registry to install from
  static Optional<Reference> start() throws IOException, InterruptedException {
    Optional<Path> node = program("node");
    Optional<Path> npm = program("npm");
    if (node.isEmpty() || npm.isEmpty()) {
      return Optional.empty();
    }
    Path home = Files.createDirectories(ROOT.resolve("backend/asl/target/jsonata-reference"));
    copy("package.json", home);
    copy("reference.mjs", home);
    if (!Files.isDirectory(home.resolve("node_modules/jsonata")) && !installed(npm.get(), home)) {
      return Optional.empty();
    }
    return Optional.of(
        new Reference(
            new ProcessBuilder(
                    node.get().toString(),
                    home.resolve("reference.mjs").toString(),
                    home.toString(),
                    Long.toString(Answer.NOW.toEpochMilli()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()));
  }

  private static boolean installed(Path npm, Path home) throws IOException, InterruptedException {
    ProcessBuilder install =
        new ProcessBuilder(
                npm.toString(),
                "install",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--ignore-scripts")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("install.log").toFile());
    Process running = install.start();
    if (!running.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      return false;
    }
    return running.exitValue() == 0;
  }

  private static void copy(String name, Path home) throws IOException {
    try (InputStream file = Reference.class.getResourceAsStream("/jsonata/" + name)) {
      if (file == null) {
        throw new IOException("expected the test resource jsonata/" + name);
      }
      Files.copy(file, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Optional<Path> program(String name) {
    return Stream.concat(
            Stream.of(ROOT.resolve(".tools/node/bin").toString()),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("gradus"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("expected to run below the project's root");
      }
      folder = parent;
    }
    return folder;
  }

  /// The answers to the cases, in order.
  List<Answer> answers(List<Generated> cases) {
    Thread.ofVirtual().start(() -> write(cases));
    return cases.stream().map(_ -> read()).toList();
  }

  private void write(List<Generated> cases) {
    try {
      for (Generated one : cases) {
        in.write(one.line());
        in.newLine();
      }
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer read() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("expected an answer; the reference has ended");
      }
      return Answer.read(Answer.JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    process.destroy();
  }
}
