package io.gradus.service.testcase;

import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// How many runs a node does at a time: a few, and for one tenant fewer still, since each may keep
/// a processor busy for its whole time. A run keeps its place until it has ended, also when nobody
/// waits for it any more.
public final class RunRoom {
  /// A run is asked to end when its time is over; this long it may take to hear that.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final int perTenant;
  private final Semaphore places;
  private final ConcurrentHashMap<TenantId, Integer> running = new ConcurrentHashMap<>();

  /// @param places on this node
  /// @param perTenant of them
  public RunRoom(int places, int perTenant) {
    this.places = new Semaphore(places);
    this.perTenant = perTenant;
  }

  /// As many as a node has processors, at least two; two for a tenant.
  public static RunRoom usual() {
    return new RunRoom(Math.max(2, Runtime.getRuntime().availableProcessors()), 2);
  }

  /// Does the work on a thread of its own.
  ///
  /// @param limit after which the work is told that its time is over
  /// @param work asks what it is given whether its time is over
  /// @throws Refusal ThrottlingException where there is no place; ServiceUnavailableException where
  ///   it does not end in time
  <T> T call(TenantId tenant, Duration limit, Function<BooleanSupplier, T> work) {
    enter(tenant);
    CompletableFuture<T> result = new CompletableFuture<>();
    long until = System.nanoTime() + limit.toNanos();
    Runnable task =
        () -> {
          try {
            result.complete(work.apply(() -> System.nanoTime() - until > 0));
          } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            result.completeExceptionally(e);
          } finally {
            leave(tenant);
          }
        };
    try {
      Thread.ofPlatform().daemon().name("test-case").start(task);
    } catch (OutOfMemoryError e) {
      leave(tenant);
      throw busy();
    }
    return await(result, limit.plus(GRACE));
  }

  private static <T> T await(CompletableFuture<T> result, Duration patience) {
    try {
      return result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new Refusal(
            ErrorCode.SERVICE_UNAVAILABLE,
            "The run did not end in its time: an expression of the definition takes too long");
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void enter(TenantId tenant) {
    int now = running.merge(tenant, 1, Integer::sum);
    if (now > perTenant || !places.tryAcquire()) {
      release(tenant);
      throw busy();
    }
  }

  private static Refusal busy() {
    return new Refusal(
        ErrorCode.THROTTLING, "Test cases run already: try again when one of the runs is over");
  }

  private void leave(TenantId tenant) {
    places.release();
    release(tenant);
  }

  private void release(TenantId tenant) {
    running.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }
}
