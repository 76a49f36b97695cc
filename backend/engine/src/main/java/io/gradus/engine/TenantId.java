package io.gradus.engine;

import java.util.UUID;

/// A tenant: an account of its own. First parameter of everything that touches data.
public record TenantId(UUID value) implements Comparable<TenantId> {
  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
