package io.gradus.app.batch;

import io.gradus.service.batch.BatchRuns;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Has batches worked on once the node is there to move executions, and ends that before the node
/// does.
final class BatchLifecycle implements SmartLifecycle {
  /// The node's own is 0.
  private static final int AFTER_THE_NODE = 1;

  private final Supplier<BatchRuns> made;
  private volatile @Nullable BatchRuns runs;

  BatchLifecycle(Supplier<BatchRuns> made) {
    this.made = made;
  }

  /// Something else may be due.
  void poke() {
    BatchRuns now = runs;
    if (now != null) {
      now.poke();
    }
  }

  @Override
  public void start() {
    BatchRuns now = made.get();
    runs = now;
    now.start();
  }

  @Override
  public void stop() {
    BatchRuns now = runs;
    runs = null;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public boolean isRunning() {
    return runs != null;
  }

  @Override
  public int getPhase() {
    return AFTER_THE_NODE;
  }
}
