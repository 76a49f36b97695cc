package io.gradus.runtime.node;

import io.gradus.engine.TenantId;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.StartRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Lets a start in, or has its caller come back: memory is bounded for all, and starts per second
/// for each tenant. What runs goes on: a task's own start is not counted, and children of Map Runs
/// are not refused, but begin as fast as starts may.
final class Admission {
  private static final long SECOND = 1_000_000_000L;

  private final HotExecutions hot;
  private final boolean moves;
  private final int perSecond;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<TenantId, AtomicLong> paidUntil = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<TenantId, AtomicLong> childrenPaidUntil =
      new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  Admission(HotExecutions hot, NodeSettings settings) {
    this(hot, settings.moves(), settings.bounds().startsPerSecond(), System::nanoTime);
  }

  /// @param moves whether executions stay in this node's memory
  Admission(HotExecutions hot, boolean moves, int perSecond, LongSupplier nanoTime) {
    this.hot = hot;
    this.moves = moves;
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  HotExecutions hot() {
    return hot;
  }

  /// Whether executions that are started here stay here.
  boolean moves() {
    return moves;
  }

  /// Whether the start may be tried; asked once for each.
  boolean admits(StartRequest request) {
    boolean admitted =
        !(moves && hot.isFull()) && (request.parent() != null || pays(request.tenant()));
    if (!admitted) {
      refused.increment();
    }
    return admitted;
  }

  /// One could not be stored for want of room after it was let in.
  void refusedLater() {
    refused.increment();
  }

  /// Starts refused so far.
  long refused() {
    return refused.sum();
  }

  /// Counts children of a tenant's Map Runs that have begun.
  ///
  /// @return nanoseconds until others may
  long pauseAfter(TenantId tenant, int children) {
    if (perSecond == 0) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    long cost = SECOND / perSecond * children;
    long paid =
        childrenPaidUntil
            .computeIfAbsent(tenant, _ -> new AtomicLong(now))
            .updateAndGet(until -> (until - now > 0 ? until : now) + cost);
    return Math.max(0, paid - now - SECOND);
  }

  /// A bucket that a second fills: kept as the time until which it is paid for, which moves on by a
  /// start's share with each of them and is at most a second ahead.
  private boolean pays(TenantId tenant) {
    if (perSecond == 0) {
      return true;
    }
    long now = nanoTime.getAsLong();
    long share = SECOND / perSecond;
    AtomicLong until = paidUntil.computeIfAbsent(tenant, _ -> new AtomicLong(now));
    while (true) {
      long paid = until.get();
      long next = (paid - now > 0 ? paid : now) + share;
      if (next - now > SECOND) {
        return false;
      }
      if (until.compareAndSet(paid, next)) {
        return true;
      }
    }
  }
}
