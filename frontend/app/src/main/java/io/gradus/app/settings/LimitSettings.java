package io.gradus.app.settings;

import io.gradus.engine.ExecutionInfo;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What tenants may use; the same on every node.
///
/// @param payloadBytes how large a payload may be where AWS's limits do not hold
/// @param callsPerSecond how often a tenant may call each operation of the API, on each node
/// @param awsRates whether tenants that AWS's limits hold for have AWS's rates instead
@ConfigurationProperties("gradus.limits")
public record LimitSettings(
    @DefaultValue("4194304") int payloadBytes,
    @DefaultValue("20000") int callsPerSecond,
    @DefaultValue("false") boolean awsRates) {

  /// Refuses what could not work.
  public LimitSettings {
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
