package io.gradus.asl.expr;

/// Where randomness comes from, so that a decision can be replayed with the same draws.
@FunctionalInterface
public interface RandomSource {
  /// 64 evenly distributed bits.
  long nextLong();

  /// Evenly from 0 (inclusive) to 1 (exclusive).
  default double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
