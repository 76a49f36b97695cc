package io.gradus.service;

import java.security.SecureRandom;
import java.util.UUID;

/// Identifiers whose order is that of time, and that nobody can guess: UUIDs of version 7.
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedId() {}

  /// A new one, of that moment.
  public static UUID at(long epochMillis) {
    long high = (epochMillis << 16) | 0x7000L | (RANDOM.nextInt() & 0xFFFL);
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
