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
/// @param maxHotBytes about how much memory executions may take
/// @param calls how many task calls may be in flight
/// @param rhythm of what it does by itself
/// @param lifted what executions may use that AWS's limits do not hold for; the same on every node
public record NodeSettings(
    String name,
    String region,
    byte[] tokenSecret,
    boolean moves,
    long maxHotBytes,
    TaskDispatcher.Bounds calls,
    Rhythm rhythm,
    ExecutionInfo.Limits lifted) {

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
        Runtime.getRuntime().maxMemory() / 4,
        TaskDispatcher.Bounds.DEFAULT,
        Rhythm.USUAL,
        ExecutionInfo.Limits.lifted(ExecutionInfo.Limits.LIFTED_PAYLOAD_BYTES));
  }

  public NodeSettings withMoves(boolean moves) {
    return new NodeSettings(name, region, tokenSecret, moves, maxHotBytes, calls, rhythm, lifted);
  }

  public NodeSettings withLifted(ExecutionInfo.Limits lifted) {
    return new NodeSettings(name, region, tokenSecret, moves, maxHotBytes, calls, rhythm, lifted);
  }

  public NodeSettings withMaxHotBytes(long maxHotBytes) {
    return new NodeSettings(name, region, tokenSecret, moves, maxHotBytes, calls, rhythm, lifted);
  }

  public NodeSettings withRhythm(Rhythm rhythm) {
    return new NodeSettings(name, region, tokenSecret, moves, maxHotBytes, calls, rhythm, lifted);
  }
}
