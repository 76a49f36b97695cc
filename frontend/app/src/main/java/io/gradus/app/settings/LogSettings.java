package io.gradus.app.settings;

import io.gradus.store.engine.LogBounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What each tenant's own log holds at most; beyond it, what is oldest goes. The same on every
/// node.
///
/// @param maxEvents of executions
/// @param maxSize of their messages
/// @param maxDays since they happened
@ConfigurationProperties("gradus.logs")
public record LogSettings(
    @DefaultValue("200000") int maxEvents,
    @DefaultValue("512MB") DataSize maxSize,
    @DefaultValue("30") int maxDays) {

  private static final DataSize SMALLEST = DataSize.ofMegabytes(1);
  private static final int MIN_EVENTS = 1_000;

  /// Refuses what could not work.
  public LogSettings {
    if (maxEvents < MIN_EVENTS || maxDays < 1 || maxSize.compareTo(SMALLEST) < 0) {
      throw new IllegalArgumentException(
          "gradus.logs.max-events must be at least %d, gradus.logs.max-size 1MB, and gradus.logs.max-days 1"
              .formatted(MIN_EVENTS));
    }
  }

  /// For the store.
  public LogBounds.Bounds bounds() {
    return new LogBounds.Bounds(maxEvents, maxSize.toBytes(), Duration.ofDays(maxDays));
  }
}
