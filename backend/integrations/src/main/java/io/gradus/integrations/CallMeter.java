package io.gradus.integrations;

import java.time.Duration;

/// Is told of each call that was made, for metrics. What it is told is of bounded variety: names
/// that the AWS SDK's models have, and a few words.
@FunctionalInterface
public interface CallMeter {
  /// Tells nobody.
  CallMeter NONE = (_, _, _, _) -> {};

  /// @param service as a resource ARN names it
  /// @param outcome a word
  void called(String service, String action, String outcome, Duration took);
}
