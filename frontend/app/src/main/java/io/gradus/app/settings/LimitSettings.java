package io.gradus.app.settings;

import io.gradus.engine.ExecutionInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What this node takes on at most, and what tenants may use.
///
/// @param hotMemory that executions take in memory; null is a quarter of the heap
/// @param requestMemory that requests take while they are read and answered; null is a
///   thirty-second of the heap
/// @param calls of tasks in flight
/// @param callsPerTenant of tasks in flight, of one tenant
/// @param startsPerSecond of each tenant; 0 for as many as can be stored
/// @param payloadBytes how large a payload may be where AWS's limits do not hold; the same on every
///   node
/// @param callsPerSecond how often a tenant may call each operation of the API, on each node
/// @param awsRates whether tenants that AWS's limits hold for have AWS's rates instead
@ConfigurationProperties("gradus.limits")
public record LimitSettings(
    @Nullable DataSize hotMemory,
    @Nullable DataSize requestMemory,
    @DefaultValue("10000") int calls,
    @DefaultValue("2000") int callsPerTenant,
    @DefaultValue("0") int startsPerSecond,
    @DefaultValue("4194304") int payloadBytes,
    @DefaultValue("20000") int callsPerSecond,
    @DefaultValue("false") boolean awsRates) {

  /// Refuses what could not work.
  public LimitSettings {
    if (calls < 1 || callsPerTenant < 1) {
      throw new IllegalArgumentException(
          "gradus.limits.calls and gradus.limits.calls-per-tenant must be at least 1");
    }
    if (payloadBytes < ExecutionInfo.Limits.AWS.payloadBytes()
        || payloadBytes > ExecutionInfo.Limits.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "gradus.limits.payload-bytes must be between %d and %d, but is %d"
              .formatted(
                  ExecutionInfo.Limits.AWS.payloadBytes(),
                  ExecutionInfo.Limits.MAX_PAYLOAD_BYTES,
                  payloadBytes));
    }
    if (callsPerSecond < 1) {
      throw new IllegalArgumentException("gradus.limits.calls-per-second must be at least 1");
    }
  }

  /// What executions may use that AWS's limits do not hold for.
  public ExecutionInfo.Limits lifted() {
    return ExecutionInfo.Limits.lifted(payloadBytes);
  }
}
