package io.gradus.runtime;

import io.gradus.engine.ExecutionInfo;
import io.gradus.runtime.task.TaskDispatcher;
import java.time.Duration;

/// How a node runs.
///
/// @param name unique among the nodes, the same after a restart
/// @param region of its ARNs
/// @param tokenSecret at least 32 bytes, the same on every node
/// @param moves whether it moves executions (the `engine` role); otherwise it only starts them and
///   takes reports
/// @param bounds of what it takes on
/// @param rhythm of what it does by itself
/// @param lifted what executions may use that AWS's limits do not hold for; the same on every node
public record NodeSettings(
    String name,
    String region,
    byte[] tokenSecret,
    boolean moves,
    Bounds bounds,
    Rhythm rhythm,
    ExecutionInfo.Limits lifted) {

  /// @param hotBytes about how much memory executions may take
  /// @param calls how many task calls may be in flight
  /// @param startsPerSecond how many executions each tenant may start, and as many at once; 0 for
  ///   no bound
  public record Bounds(long hotBytes, TaskDispatcher.Bounds calls, int startsPerSecond) {
    /// Refuses what would let nothing run.
    public Bounds {
      if (hotBytes <= 0 || startsPerSecond < 0) {
        throw new IllegalArgumentException(
            "expected bounds that let something run, found %d bytes and %d starts per second"
                .formatted(hotBytes, startsPerSecond));
      }
    }

    /// A quarter of the heap, and starts as fast as they can be stored.
    public static Bounds usual() {
      return new Bounds(Runtime.getRuntime().maxMemory() / 4, TaskDispatcher.Bounds.DEFAULT, 0);
    }
  }

  /// @param lease how long a renewal of the node's lease is good for
  /// @param renewal how often it is renewed
  /// @param timerSweep how often timers are looked for whose slot was missed; zero for never
  /// @param idle after which an execution that rests leaves memory
  public record Rhythm(Duration lease, Duration renewal, Duration timerSweep, Duration idle) {
    public static final Rhythm USUAL =
        new Rhythm(
            Duration.ofSeconds(6),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
  }

  /// A node that moves executions, with the usual bounds.
  public static NodeSettings usual(String name, String region, byte[] tokenSecret) {
    return new NodeSettings(
        name,
        region,
        tokenSecret,
        true,
        Bounds.usual(),
        Rhythm.USUAL,
        ExecutionInfo.Limits.lifted(ExecutionInfo.Limits.LIFTED_PAYLOAD_BYTES));
  }

  public NodeSettings withMoves(boolean moves) {
    return new NodeSettings(name, region, tokenSecret, moves, bounds, rhythm, lifted);
  }

  public NodeSettings withLifted(ExecutionInfo.Limits lifted) {
    return new NodeSettings(name, region, tokenSecret, moves, bounds, rhythm, lifted);
  }

  public NodeSettings withBounds(Bounds bounds) {
    return new NodeSettings(name, region, tokenSecret, moves, bounds, rhythm, lifted);
  }

  public NodeSettings withMaxHotBytes(long hotBytes) {
    return withBounds(new Bounds(hotBytes, bounds.calls(), bounds.startsPerSecond()));
  }

  public NodeSettings withStartsPerSecond(int startsPerSecond) {
    return withBounds(new Bounds(bounds.hotBytes(), bounds.calls(), startsPerSecond));
  }

  public NodeSettings withRhythm(Rhythm rhythm) {
    return new NodeSettings(name, region, tokenSecret, moves, bounds, rhythm, lifted);
  }
}
