package io.gradus.service.teststate;

import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where states are tried: on threads of their own, because an expression may keep a processor busy
/// for a second, and the threads that answer requests are not taken off one meanwhile. A node tries
/// some at a time and a tenant a few of them; whoever finds no place waits for one, though not for
/// long.
final class TrialRoom {
  private static final int PLACES = 32;
  private static final int PER_TENANT = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore all;
  private final int perTenant;
  private final Duration patience;
  private final Map<TenantId, Own> tenants = new HashMap<>();

  /// A tenant's places, as long as somebody is in one or waits for one.
  private static final class Own {
    final Semaphore places;
    int users;

    Own(int places) {
      this.places = new Semaphore(places, true);
    }
  }

  /// @param places on this node
  /// @param perTenant of them
  /// @param patience how long is waited for one
  TrialRoom(int places, int perTenant, Duration patience) {
    this.all = new Semaphore(places, true);
    this.perTenant = perTenant;
    this.patience = patience;
  }

  static TrialRoom usual() {
    return new TrialRoom(PLACES, PER_TENANT, PATIENCE);
  }

  /// What the work gives, or throws.
  ///
  /// @throws Refusal ThrottlingException where no place becomes free in time
  <T> T call(TenantId tenant, Supplier<T> work) {
    long until = System.nanoTime() + patience.toNanos();
    Own own = come(tenant);
    try {
      acquire(own.places, until);
      try {
        acquire(all, until);
        try {
          return onItsOwnThread(work);
        } finally {
          all.release();
        }
      } finally {
        own.places.release();
      }
    } finally {
      go(tenant, own);
    }
  }

  private Own come(TenantId tenant) {
    synchronized (tenants) {
      Own own = tenants.computeIfAbsent(tenant, _ -> new Own(perTenant));
      own.users++;
      return own;
    }
  }

  private void go(TenantId tenant, Own own) {
    synchronized (tenants) {
      if (--own.users == 0) {
        tenants.remove(tenant);
      }
    }
  }

  private static void acquire(Semaphore places, long until) {
    try {
      if (!places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private static Refusal busy() {
    return new Refusal(
        ErrorCode.THROTTLING, "Rate exceeded: other states are being tried, and none has ended");
  }

  private static <T> T onItsOwnThread(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      Thread.ofPlatform()
          .daemon()
          .name("test-state")
          .start(
              () -> {
                try {
                  result.complete(work.get());
                } catch (RuntimeException | Error e) {
                  result.completeExceptionally(e);
                }
              });
    } catch (OutOfMemoryError e) {
      // No thread is to be had.
      Refusal refusal = busy();
      refusal.addSuppressed(e);
      throw refusal;
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
