package io.gradus.app.statistics;

import io.gradus.store.engine.StatisticRows;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/// Has executions counted. All nodes ask for it once a minute, and what one has just done the
/// others leave.
final class StatisticsJob {
  private static final Logger LOG = LoggerFactory.getLogger(StatisticsJob.class);
  private static final Duration JUST_DONE = Duration.ofSeconds(45);

  /// For how long it catches up at a time: there are other chores.
  private static final Duration AT_A_TIME = Duration.ofSeconds(20);

  private final StatisticRows rows;

  StatisticsJob(StatisticRows rows) {
    this.rows = rows;
  }

  /// Counts what is new, and settles what is old.
  @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
  void count() {
    try {
      rows.refresh(JUST_DONE);
      long until = System.nanoTime() + AT_A_TIME.toNanos();
      boolean more = true;
      while (more && System.nanoTime() < until) {
        more = rows.settle();
      }
    } catch (DatabaseFailure e) {
      LOG.warn(
          "Executions are not counted for the dashboard; it is tried again: {}", e.getMessage());
    }
  }

  /// Forgets what is too old.
  @Scheduled(initialDelay = 5, fixedDelay = 30, timeUnit = TimeUnit.MINUTES)
  void trim() {
    try {
      rows.trim();
    } catch (DatabaseFailure e) {
      LOG.warn("Old statistics are still kept: {}", e.getMessage());
    }
  }
}
