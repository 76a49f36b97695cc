package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.RandomSource;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The intrinsic functions on numbers, and those that draw.
final class MathIntrinsics {
  private MathIntrinsics() {}

  /// Each summand is rounded before it is added. AWS takes and gives what fits in 32 bits.
  static JsonNode add(Arguments a) {
    long sum = (long) a.count(2, 2).rounded(0) + a.rounded(1);
    if (sum != (int) sum) {
      throw a.invalid();
    }
    return Numbers.integer(sum);
  }

  /// From the first (inclusive) to the second (exclusive); a third argument is the seed.
  static JsonNode random(Arguments a, RandomSource random) {
    long from = a.count(2, 3).truncated(0);
    long to = a.truncated(1);
    if (from >= to) {
      throw a.invalid();
    }
    double draw = a.size() == 3 ? new Random(a.truncated(2)).nextDouble() : random.nextDouble();
    return Numbers.integer(from + (long) (draw * (to - from)));
  }

  static JsonNode uuid(Arguments a, RandomSource random) {
    a.count(0, 0);
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
    return JsonNodeFactory.instance.stringNode(new UUID(high, low).toString());
  }
}
