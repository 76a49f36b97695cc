package io.gradus.console.executions;

import com.vaadin.flow.component.UI;
import io.gradus.service.execution.ExecutionWatch.Watching;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps a page up with batches. An execution that one of them moves is told; what came of it is
/// written a moment later, and what waits for its turn moves nothing: while a batch is open, it is
/// looked at each second as well.
final class BatchFollow implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final LiveUpdate live;
  private final Thread ticker;

  /// Follows until closed.
  ///
  /// @param watch is given what to call at each move
  /// @param read reads what is new, and gives back what shows it; null where nothing is
  /// @param isOpen whether a batch that is shown is not over
  BatchFollow(
      UI ui,
      Function<Runnable, Watching> watch,
      Supplier<@Nullable Runnable> read,
      Supplier<Boolean> isOpen) {
    live = new LiveUpdate(ui, LiveUpdate.NOW_AND_THEN, watch, read);
    ticker = Thread.ofVirtual().name("batch-page").start(() -> tick(isOpen));
  }

  private void tick(Supplier<Boolean> isOpen) {
    try {
      while (true) {
        Thread.sleep(TICK);
        if (isOpen.get()) {
          live.moved();
        }
      }
    } catch (InterruptedException _) {
      // The page is closed.
    }
  }

  @Override
  public void close() {
    ticker.interrupt();
    live.close();
  }
}
