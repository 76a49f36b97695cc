package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.engine.LogLevel;
import io.gradus.service.definition.LoggingConfiguration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A logging configuration as it is sent.
record Logging(
    @Member @Nullable LogLevel level,
    @Nullable Boolean includeExecutionData,
    @Nullable List<Destination> destinations) {

  record Destination(@Nullable LogGroup cloudWatchLogsLogGroup) {}

  record LogGroup(@Member(min = 1, max = Limits.ARN) @Nullable String logGroupArn) {}

  static @Nullable LoggingConfiguration read(@Nullable Logging sent) {
    if (sent == null) {
      return null;
    }
    List<String> arns =
        sent.destinations == null
            ? null
            : sent.destinations.stream()
                .map(Destination::cloudWatchLogsLogGroup)
                .filter(Objects::nonNull)
                .map(LogGroup::logGroupArn)
                .filter(Objects::nonNull)
                .toList();
    return LoggingConfiguration.of(sent.level, sent.includeExecutionData, arns);
  }

  static Logging of(LoggingConfiguration logging) {
    List<String> arns = logging.destinations();
    List<Destination> destinations =
        arns == null ? null : arns.stream().map(arn -> new Destination(new LogGroup(arn))).toList();
    return new Logging(logging.level(), logging.includeExecutionData(), destinations);
  }
}
