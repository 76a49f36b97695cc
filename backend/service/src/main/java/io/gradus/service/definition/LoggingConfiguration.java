package io.gradus.service.definition;

import io.gradus.engine.LogLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of an execution is logged, and where to.
///
/// @param level how much
/// @param includeExecutionData whether inputs and outputs are logged as well
/// @param destinations ARNs of log groups, exactly one unless the level is OFF; null where none
///   were spoken of, which AWS tells apart from an empty list
public record LoggingConfiguration(
    LogLevel level, boolean includeExecutionData, @Nullable List<String> destinations) {
  /// Nothing is logged: what a state machine has that was made without a configuration.
  public static final LoggingConfiguration OFF =
      new LoggingConfiguration(LogLevel.OFF, false, null);

  public LoggingConfiguration {
    destinations = destinations == null ? null : List.copyOf(destinations);
  }

  /// A configuration from what a request says, with AWS's defaults.
  public static LoggingConfiguration of(
      @Nullable LogLevel level,
      @Nullable Boolean includeExecutionData,
      @Nullable List<String> destinations) {
    return new LoggingConfiguration(
        level == null ? LogLevel.OFF : level,
        includeExecutionData != null && includeExecutionData,
        destinations);
  }

  /// Whether AWS would take it.
  boolean isComplete() {
    int count = destinations == null ? 0 : destinations.size();
    return count == 1 || (count == 0 && level == LogLevel.OFF);
  }
}
