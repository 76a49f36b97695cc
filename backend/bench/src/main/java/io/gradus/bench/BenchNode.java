package io.gradus.bench;

import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.Connector;
import io.gradus.runtime.Machine;
import io.gradus.runtime.MapPorts;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.node.Node;
import io.gradus.store.Database;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A node in this process, without HTTP before it.
final class BenchNode implements AutoCloseable {
  static final TenantId TENANT = new TenantId(new UUID(0, 1));

  private final Node node;

  private BenchNode(Node node) {
    this.node = node;
  }

  static BenchNode start(String name, Database database, Connector tasks) {
    return start(NodeSettings.usual(name, "us-east-1", new byte[32]), database, tasks);
  }

  static BenchNode start(NodeSettings settings, Database database, Connector tasks) {
    return new BenchNode(new Node(settings, database, List.of(tasks)).start());
  }

  /// @param maps where distributed Maps read items from and write results to
  static BenchNode start(NodeSettings settings, Database database, Connector tasks, MapPorts maps) {
    return new BenchNode(new Node(settings, database, List.of(tasks), maps).start());
  }

  Node node() {
    return node;
  }

  CompletionStage<StartResult> begin(TenantId tenant, Machine machine, Payload input) {
    return node.start(new StartRequest(tenant, machine, null, input, null, null, null));
  }

  /// Starts one for certain: what is refused for want of room is tried again.
  StartResult.Started started(Machine machine, Payload input) {
    while (true) {
      StartResult result = begin(TENANT, machine, input).toCompletableFuture().join();
      if (result instanceof StartResult.Started started) {
        return started;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (InterruptedException e) {
        throw new IllegalStateException("expected to be let start it", e);
      }
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
