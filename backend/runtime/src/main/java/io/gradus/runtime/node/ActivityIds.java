package io.gradus.runtime.node;

import io.gradus.engine.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Activities' ids by their ARNs, remembered for a few seconds: one may be deleted and made anew.
final class ActivityIds {
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX = 10_000;

  private final Source source;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<Name, Known> known = new ConcurrentHashMap<>();

  /// Where they are looked up.
  @FunctionalInterface
  interface Source {
    Optional<UUID> find(TenantId tenant, String name);
  }

  private record Name(TenantId tenant, String arn) {}

  private record Known(UUID id, long untilNanos) {}

  ActivityIds(Source source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /// Empty where there is no such activity.
  Optional<UUID> find(TenantId tenant, String arn) {
    var name = new Name(tenant, arn);
    long now = nanoTime.getAsLong();
    Known there = known.get(name);
    if (there != null && there.untilNanos() - now > 0) {
      return Optional.of(there.id());
    }
    Optional<UUID> found = source.find(tenant, arn.substring(arn.lastIndexOf(':') + 1));
    if (known.size() > MAX) {
      known.clear();
    }
    found.ifPresent(id -> known.put(name, new Known(id, now + KEEP_NANOS)));
    return found;
  }
}
