package io.gradus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a process and all below it have cost, from Linux's /proc.
final class ProcessCost {
  /// USER_HZ, which is 100 on every Linux that Gradus runs on.
  private static final double TICKS_PER_SECOND = 100;

  private ProcessCost() {}

  /// CPU seconds of the process so far, and of its descendants that still live or were waited for.
  static double cpuSeconds(ProcessHandle process) {
    double sum = own(process.pid());
    List<ProcessHandle> below = process.descendants().toList();
    for (ProcessHandle child : below) {
      sum += own(child.pid());
    }
    return sum;
  }

  /// CPU seconds of this JVM.
  static double ownCpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L)
        / 1e9;
  }

  /// Resident memory of the process alone, in MB of 1,048,576 bytes.
  static double residentMb(long pid) {
    return field(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
  }

  /// Memory of the process alone, with its part of what it shares, in MB of 1,048,576 bytes.
  static double proportionalMb(long pid) {
    return field(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
  }

  private static double field(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
        }
      }
    } catch (IOException _) {
      return 0; // not Linux, or it has ended
    }
    return 0;
  }

  private static double own(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      // utime, stime, and those of children that were waited for
      double ticks = 0;
      for (int i = 11; i <= 14; i++) {
        ticks += Double.parseDouble(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException _) {
      return 0;
    }
  }
}
