package io.gradus.app.node;

import org.springframework.context.SmartLifecycle;

/// Ends long polls before the web server waits for its requests to be answered.
final class PollsEnd implements SmartLifecycle {
  private final NodeLifecycle node;
  private volatile boolean running;

  PollsEnd(NodeLifecycle node) {
    this.node = node;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (node.isRunning()) {
      node.node().endPolls();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// The last to start, and so the first to stop.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
