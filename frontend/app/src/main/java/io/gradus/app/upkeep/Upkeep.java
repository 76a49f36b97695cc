package io.gradus.app.upkeep;

import io.gradus.engine.TenantId;
import io.gradus.service.batch.Batch;
import io.gradus.service.people.LoginThrottle;
import io.gradus.service.trigger.Trigger;
import io.gradus.store.AccessKeys;
import io.gradus.store.Database;
import io.gradus.store.engine.BatchRows;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.TriggerRows;
import io.gradus.store.jdbc.DatabaseFailure;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/// Chores that no one waits for. What fails is tried again the next time.
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Database database;
  private final AccessKeys keys;
  private final LoginThrottle logins;
  private final TriggerRows triggers;
  private final BatchRows batches;
  private final LogBounds logs;
  private final LogBounds.Bounds logBounds;

  Upkeep(
      Database database,
      AccessKeys keys,
      LoginThrottle logins,
      TriggerRows triggers,
      BatchRows batches,
      LogBounds logs,
      LogBounds.Bounds logBounds) {
    this.database = database;
    this.keys = keys;
    this.logins = logins;
    this.triggers = triggers;
    this.batches = batches;
    this.logs = logs;
    this.logBounds = logBounds;
  }

  /// Writes when access keys were last used.
  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
  @PreDestroy
  void writeUsedKeys() {
    try {
      keys.flushUsed();
    } catch (DatabaseFailure e) {
      LOG.warn("When access keys were last used is not written yet: {}", e.getMessage());
    }
  }

  /// Forgets who tried in vain to log in, and gave up.
  @Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
  void dropQuietLogins() {
    try {
      logins.dropQuiet();
    } catch (DatabaseFailure e) {
      LOG.warn("Old tries to log in are still kept: {}", e.getMessage());
    }
  }

  /// Forgets when triggers fired long ago.
  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
  void dropOldFires() {
    try {
      triggers.trim(Trigger.FIRES_KEPT);
    } catch (DatabaseFailure e) {
      LOG.warn("When triggers fired long ago is still kept: {}", e.getMessage());
    }
  }

  /// Forgets batches that ended long ago.
  @Scheduled(initialDelay = 2, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void dropOldBatches() {
    try {
      batches.trim(Batch.RETENTION, Batch.KEPT);
    } catch (DatabaseFailure e) {
      LOG.warn("Batches that ended long ago are still kept: {}", e.getMessage());
    }
  }

  /// Drops what is beyond the bounds of tenants' logs.
  @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void trimLogs() {
    try {
      for (TenantId tenant : logs.tenants()) {
        logs.trim(tenant, logBounds);
      }
      logs.forgetDeliveries(logBounds.age());
    } catch (DatabaseFailure e) {
      LOG.warn("Old log events are still kept: {}", e.getMessage());
    }
  }

  /// Makes room in history for the months to come.
  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.DAYS)
  void makeHistoryPartitions() {
    database.createHistoryPartitions();
  }
}
