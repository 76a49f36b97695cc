package io.gradus.service.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of an execution is logged, and where to.
///
/// @param level how much
/// @param includeExecutionData whether inputs and outputs are logged as well
/// @param destinations ARNs of log groups; exactly one unless the level is OFF
public record LoggingConfiguration(
    LogLevel level, boolean includeExecutionData, List<String> destinations) {
  /// Nothing is logged: what a state machine has that was made without a configuration.
  public static final LoggingConfiguration OFF =
      new LoggingConfiguration(LogLevel.OFF, false, List.of());

  public LoggingConfiguration {
    destinations = List.copyOf(destinations);
  }

  /// How much is logged.
  public enum LogLevel {
    ALL,
    ERROR,
    FATAL,
    OFF
  }

  /// A configuration from what a request says, with AWS's defaults.
  public static LoggingConfiguration of(
      @Nullable LogLevel level, @Nullable Boolean includeExecutionData, List<String> destinations) {
    return new LoggingConfiguration(
        level == null ? LogLevel.OFF : level,
        includeExecutionData != null && includeExecutionData,
        destinations);
  }

  /// Whether AWS would take it.
  boolean isComplete() {
    return destinations.size() == 1 || (destinations.isEmpty() && level == LogLevel.OFF);
  }
}
