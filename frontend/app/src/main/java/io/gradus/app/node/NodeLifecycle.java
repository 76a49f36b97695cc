package io.gradus.app.node;

import io.gradus.runtime.node.Node;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Starts the node before the port opens, and drains it after the port is closed: whoever was let
/// in gets an answer.
final class NodeLifecycle implements SmartLifecycle {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Node node;
  private volatile boolean running;

  NodeLifecycle(Node node) {
    this.node = node;
  }

  @Override
  public void start() {
    node.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    node.drain(DRAIN);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Before the web server, whose phase is close to the highest, and so stopped after it.
  @Override
  public int getPhase() {
    return 0;
  }
}
