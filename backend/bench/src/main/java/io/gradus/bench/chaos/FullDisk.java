package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// The database's disk is full for a while: clients get errors, nothing acknowledged is lost, and
/// all goes on by itself when there is room again. The disk is a small file system in memory, so
/// this wants the right to mount.
final class FullDisk {
  private static final String SIZE = "600m";
  private static final int FULL_SECONDS = 20;
  private static final int CHUNK = 1 << 20;

  private FullDisk() {}

  static Verdict run(Stage.Cast cast) throws Exception {
    Path disk = Files.createDirectories(cast.directory().resolve("disk"));
    succeed("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString());
    try (ChaosDatabase database = new ChaosDatabase(disk.resolve("database"));
        Stage stage = new Stage(cast, database)) {
      stage.play(System.nanoTime());
      TimeUnit.SECONDS.sleep(10);
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      Chaos.say("  the disk is full");
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(FULL_SECONDS);
      while (System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(200);
        top(ballast);
      }
      Files.delete(ballast);
      Chaos.say("  there is room again");
      database.reopenIfDown();
      stage.nodes().forEach(node -> node.proxy().target(database.port()));
      long roomy = System.nanoTime();
      for (ChaosNode node : stage.nodes()) {
        DatabaseRestarts.awaitStart(node, "the full disk");
      }
      Chaos.say("  all nodes work %.2f s later", (System.nanoTime() - roomy) / 1e9);
      TimeUnit.SECONDS.sleep(10);
      return stage.judge();
    } finally {
      succeed("umount", "--lazy", disk.toString());
    }
  }

  private static void fill(Path ballast) throws IOException {
    Files.write(ballast, new byte[0]);
    top(ballast);
  }

  /// Takes what has become free meanwhile.
  private static void top(Path ballast) {
    byte[] chunk = new byte[CHUNK];
    for (int size = CHUNK; size >= 4_096; size /= 16) {
      try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(chunk, 0, size);
        }
      } catch (IOException _) {
        // It is full.
      }
    }
  }

  private static void succeed(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("expected to succeed: " + String.join(" ", command));
    }
  }
}
