package io.gradus.bench.chaos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A wall clock that is wrong by as many milliseconds as a file says. The monotonic clock goes on
/// as it is, as when a machine's time is set.
public final class ShiftedClock {
  private static volatile long offsetMillis;

  private ShiftedClock() {}

  /// In place of the system's own.
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + offsetMillis;
  }

  /// Follows the file from now on.
  static void follow(Path file) {
    Thread.ofPlatform()
        .daemon()
        .name("shifted-clock")
        .start(
            () -> {
              while (true) {
                try {
                  offsetMillis = Long.parseLong(Files.readString(file).strip());
                  Thread.sleep(100);
                } catch (IOException | NumberFormatException _) {
                  // It is being written.
                } catch (InterruptedException _) {
                  return;
                }
              }
            });
  }
}
