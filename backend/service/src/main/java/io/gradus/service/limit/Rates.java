package io.gradus.service.limit;

import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// How many calls a tenant may make: a token bucket for each tenant and operation, on each node.
/// What finds its bucket empty is refused before it costs anything, and the SDKs try it again.
public final class Rates {
  private static final double NANOS = 1e9;

  /// Tenants times operations, far above what there is; beyond it all buckets begin anew.
  private static final int CAPACITY = 500_000;

  private final ConcurrentHashMap<Key, AtomicLong> emptyAgain = new ConcurrentHashMap<>();
  private final Plan plan;
  private final LongSupplier nanoTime;

  private record Key(TenantId tenant, String operation) {}

  /// @param size how many calls may come at once
  /// @param perSecond how many come back each second
  public record Bucket(double size, double perSecond) {
    public Bucket {
      if (!(size >= 1 && perSecond > 0)) {
        throw new IllegalArgumentException(
            "expected a bucket of at least 1 that fills up, found " + size + " and " + perSecond);
      }
    }
  }

  /// Which bucket a tenant has for an operation.
  @FunctionalInterface
  public interface Plan {
    Bucket bucket(TenantId tenant, String operation);

    /// The same bucket for all.
    static Plan of(Bucket bucket) {
      return (_, _) -> bucket;
    }

    /// AWS's buckets for tenants that AWS's limits hold for, and this one for the others.
    static Plan aws(Predicate<TenantId> strict, String region, Bucket others) {
      AwsRates aws = new AwsRates(region);
      return new Plan() {
        @Override
        public Bucket bucket(TenantId tenant, String operation) {
          return strict.test(tenant) ? aws.bucket(operation) : others;
        }

        @Override
        public boolean tellsExpressStarts(TenantId tenant) {
          return strict.test(tenant);
        }
      };
    }

    /// Whether starts of Express executions have a bucket of their own.
    default boolean tellsExpressStarts(TenantId tenant) {
      return false;
    }
  }

  /// Buckets by that plan.
  ///
  /// @param nanoTime as [System#nanoTime()]
  public Rates(Plan plan, LongSupplier nanoTime) {
    this.plan = plan;
    this.nanoTime = nanoTime;
  }

  /// Takes a token.
  ///
  /// @throws Refusal ThrottlingException where there is none
  public void take(TenantId tenant, String operation) {
    if (!tryTake(tenant, operation)) {
      throw new Refusal(ErrorCode.THROTTLING, "Rate exceeded");
    }
  }

  /// Takes a token for a StartExecution.
  ///
  /// @param express whether it is an Express execution that is started; asked only where it matters
  /// @throws Refusal ThrottlingException where there is none
  public void takeStart(TenantId tenant, BooleanSupplier express) {
    boolean apart = plan.tellsExpressStarts(tenant) && express.getAsBoolean();
    take(tenant, apart ? AwsRates.START_EXPRESS : AwsRates.START);
  }

  /// A bucket is kept as the moment at which it will be full again: one number, changed at once.
  private boolean tryTake(TenantId tenant, String operation) {
    Bucket bucket = plan.bucket(tenant, operation);
    long now = nanoTime.getAsLong();
    long token = (long) (NANOS / bucket.perSecond);
    long most = (long) (bucket.size * NANOS / bucket.perSecond);
    AtomicLong full = of(new Key(tenant, operation), now);
    while (true) {
      long before = full.get();
      long after = Math.max(before - now, 0) + token;
      if (after > most) {
        return false;
      }
      if (full.compareAndSet(before, now + after)) {
        return true;
      }
    }
  }

  private AtomicLong of(Key key, long now) {
    AtomicLong known = emptyAgain.get(key);
    if (known != null) {
      return known;
    }
    if (emptyAgain.size() >= CAPACITY) {
      emptyAgain.clear();
    }
    return emptyAgain.computeIfAbsent(key, _ -> new AtomicLong(now));
  }
}
