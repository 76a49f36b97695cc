package io.gradus.console.graph;

import io.gradus.console.part.Status;
import org.jspecify.annotations.Nullable;

/// How a state stands in an execution.
///
/// @param line what the node says below its name, such as `Retry 2 of 5 in 14 s`; null keeps what
///   it says while it is not run
/// @param running iterations of a Map that run, or frames that stand in the state
/// @param succeeded iterations or frames that ended well
/// @param failed iterations or frames that ended otherwise
/// @param total iterations of a Map; 0 where they are not counted, and then nothing is drawn of
///   them
public record NodeStatus(
    Status status, @Nullable String line, int running, int succeeded, int failed, int total)
    implements NodeSign {
  public NodeStatus {
    if (running < 0 || succeeded < 0 || failed < 0 || total < 0) {
      throw new IllegalArgumentException(
          "expected counts from 0, found %d running, %d succeeded, %d failed of %d"
              .formatted(running, succeeded, failed, total));
    }
  }

  /// A state that is not counted.
  public static NodeStatus of(Status status, @Nullable String line) {
    return new NodeStatus(status, line, 0, 0, 0, 0);
  }
}
