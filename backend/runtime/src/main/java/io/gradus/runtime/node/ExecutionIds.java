package io.gradus.runtime.node;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// UUIDs of version 7: 48 bits of milliseconds, then random bits that nobody can guess.
final class ExecutionIds {
  private final SecureRandom random = new SecureRandom();

  UUID next(Instant now) {
    byte[] bits = new byte[10];
    random.nextBytes(bits);
    long high = now.toEpochMilli() << 16;
    high |= 0x7000L | ((bits[0] & 0x0F) << 8) | (bits[1] & 0xFF);
    long low = 0;
    for (int i = 2; i < bits.length; i++) {
      low = low << 8 | (bits[i] & 0xFF);
    }
    low = (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
