package io.gradus.console.machines.studio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does work away from the page's thread, one piece at a time: what comes while one is being done
/// replaces what waits. Safe for many threads.
final class LatestOnly<T> {
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final AtomicReference<@Nullable T> waiting = new AtomicReference<>();
  private final AtomicBoolean running = new AtomicBoolean();
  private final Executor later;
  private final Consumer<T> work;

  /// @param rest how long what comes waits for what replaces it
  LatestOnly(Duration rest, Consumer<T> work) {
    this.later = CompletableFuture.delayedExecutor(rest.toMillis(), TimeUnit.MILLISECONDS, THREADS);
    this.work = work;
  }

  void submit(T piece) {
    waiting.set(piece);
    if (running.compareAndSet(false, true)) {
      later.execute(this::next);
    }
  }

  private void next() {
    @Nullable T piece = waiting.getAndSet(null);
    try {
      if (piece != null) {
        work.accept(piece);
      }
    } finally {
      running.set(false);
      if (waiting.get() != null && running.compareAndSet(false, true)) {
        later.execute(this::next);
      }
    }
  }
}
