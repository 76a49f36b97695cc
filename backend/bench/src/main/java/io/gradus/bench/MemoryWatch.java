package io.gradus.bench;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks now and then how much memory a workload takes, and keeps the most.
final class MemoryWatch implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("memory-watch").factory());
  private volatile double ours;
  private volatile double theirs;

  /// @param process ours
  MemoryWatch(TemporaryDatabase database, ProcessHandle process) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              ours = Math.max(ours, ProcessCost.residentMb(process.pid()));
              theirs = Math.max(theirs, database.memoryMb());
            },
            0,
            2,
            TimeUnit.SECONDS);
  }

  void put(Map<String, Double> figures) {
    figures.put("peakResidentMb", ours);
    figures.put("databasePeakMb", theirs);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
