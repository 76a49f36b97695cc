package io.gradus.app.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What this node takes on at most.
///
/// @param hotMemory that executions take in memory; null is a quarter of the heap
/// @param requestMemory that requests take while they are read and answered; null is a
///   thirty-second of the heap
/// @param calls of tasks in flight
/// @param callsPerTenant of tasks in flight, of one tenant
/// @param startsPerSecond of each tenant; 0 for as many as can be stored
@ConfigurationProperties("gradus.limits")
public record LimitSettings(
    @Nullable DataSize hotMemory,
    @Nullable DataSize requestMemory,
    @DefaultValue("10000") int calls,
    @DefaultValue("2000") int callsPerTenant,
    @DefaultValue("0") int startsPerSecond) {

  /// Refuses what would let nothing run.
  public LimitSettings {
    if (calls < 1 || callsPerTenant < 1) {
      throw new IllegalArgumentException(
          "gradus.limits.calls and gradus.limits.calls-per-tenant must be at least 1");
    }
  }
}
