package io.gradus.engine;

import java.util.Comparator;
import java.util.UUID;

/// What names one execution in the engine and the database. Ordered as every statement locks.
///
/// @param id a UUID of version 7: its order is the order of starting
public record ExecutionKey(TenantId tenant, UUID id) implements Comparable<ExecutionKey> {
  private static final Comparator<UUID> AS_POSTGRES =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  @Override
  public int compareTo(ExecutionKey other) {
    int tenants = AS_POSTGRES.compare(tenant.value(), other.tenant.value());
    return tenants != 0 ? tenants : AS_POSTGRES.compare(id, other.id);
  }
}
