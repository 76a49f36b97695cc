package io.gradus.console.executions;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.gradus.service.Refusal;
import io.gradus.service.execution.ExecutionWatch.Watching;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a page up with something that moves: reads the news outside of the session's lock, and
/// pushes them to the browser, now and then at most. The first of a burst goes at once.
final class LiveUpdate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveUpdate.class);

  /// Between two updates of what somebody watches closely.
  static final Duration CLOSELY = Duration.ofMillis(100);

  /// Between two updates of a list of much that moves.
  static final Duration NOW_AND_THEN = Duration.ofSeconds(1);

  private final UI ui;
  private final Supplier<@Nullable Runnable> read;
  private final AtomicBoolean due = new AtomicBoolean();
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Watching watching;
  private final long apartNanos;
  private long last;
  private volatile boolean closed;

  /// Follows until closed.
  ///
  /// @param apart between two updates at least
  /// @param watch is given what to call at each move
  /// @param read reads what is new, and gives back what shows it; null where nothing is
  LiveUpdate(
      UI ui,
      Duration apart,
      Function<Runnable, Watching> watch,
      Supplier<@Nullable Runnable> read) {
    this.ui = ui;
    this.apartNanos = apart.toNanos();
    this.last = System.nanoTime() - apartNanos;
    this.read = read;
    this.watching = watch.apply(this::moved);
  }

  /// Something moved, or is to be looked at anew.
  void moved() {
    if (!closed && due.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::update);
    }
  }

  private void update() {
    oneAtATime.lock();
    try {
      long wait = last + apartNanos - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      // What moves from here on is read by the next update.
      due.set(false);
      if (closed) {
        return;
      }
      Runnable show = read.get();
      last = System.nanoTime();
      if (show != null) {
        var _ =
            ui.access(
                () -> {
                  if (!closed) {
                    show.run();
                  }
                });
      }
    } catch (UIDetachedException _) {
      close();
    } catch (Refusal refusal) {
      LOG.debug("A page stays as it is: {}", refusal.message());
    } catch (RuntimeException e) {
      LOG.warn("A page was not updated; it will be at the next move", e);
    } finally {
      oneAtATime.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    watching.close();
  }
}
