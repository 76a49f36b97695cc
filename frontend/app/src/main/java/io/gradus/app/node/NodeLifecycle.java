package io.gradus.app.node;

import io.gradus.engine.Command;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.ExecutionListener;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.RedriveResult;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.SyncResult;
import io.gradus.runtime.TaskReport;
import io.gradus.runtime.node.Node;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Makes the node when all else is ready, for its lease runs from its first moment; just before the
/// port opens. Drains it after the port is closed: whoever was let in gets an answer. What others
/// are wired to is this gateway.
final class NodeLifecycle implements SmartLifecycle, ExecutionGateway {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Supplier<Node> maker;
  private volatile @Nullable Node node;

  NodeLifecycle(Supplier<Node> maker) {
    this.maker = maker;
  }

  /// The running node.
  ///
  /// @throws IllegalStateException before the start and after the stop
  Node node() {
    Node running = node;
    if (running == null) {
      throw new IllegalStateException("expected a running node, found none");
    }
    return running;
  }

  @Override
  public void start() {
    node = maker.get().start();
  }

  @Override
  public void stop() {
    Node running = node();
    running.drain(DRAIN);
    running.close();
    node = null;
  }

  @Override
  public boolean isRunning() {
    return node != null;
  }

  /// Before the web server, whose phase is close to the highest, and so stopped after it.
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public CompletionStage<StartResult> start(StartRequest request) {
    return node().start(request);
  }

  @Override
  public CompletionStage<SyncResult> runSync(StartRequest request) {
    return node().runSync(request);
  }

  @Override
  public CompletionStage<StopResult> stop(
      ExecutionKey execution, @Nullable String error, @Nullable String cause) {
    return node().stop(execution, error, cause);
  }

  @Override
  public CompletionStage<Boolean> updateMapRun(
      ExecutionKey execution, Command.UpdateMapRun update) {
    return node().updateMapRun(execution, update);
  }

  @Override
  public CompletionStage<RedriveResult> redrive(
      ExecutionKey execution, @Nullable String clientToken) {
    return node().redrive(execution, clientToken);
  }

  @Override
  public CompletionStage<CompletionResult> reportTask(
      TenantId tenant, String token, TaskReport report) {
    return node().reportTask(tenant, token, report);
  }

  @Override
  public CompletionStage<CompletionResult> reportTask(
      ExecutionKey execution, TaskId task, TaskReport report) {
    return node().reportTask(execution, task, report);
  }

  @Override
  public CompletionStage<PollResult> pollActivity(
      TenantId tenant, String activityArn, @Nullable String workerName) {
    return node().pollActivity(tenant, activityArn, workerName);
  }

  @Override
  public void posted() {
    node().posted();
  }

  @Override
  public AutoCloseable listen(ExecutionListener listener) {
    return node().listen(listener);
  }
}
