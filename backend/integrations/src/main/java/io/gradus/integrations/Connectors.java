package io.gradus.integrations;

import io.gradus.asl.model.Resource;
import io.gradus.engine.port.Connector;
import java.util.List;
import java.util.Optional;

/// The connectors of this program, in the order they are asked.
public final class Connectors {
  private final List<Connector> connectors;

  public Connectors(List<? extends Connector> connectors) {
    this.connectors = List.copyOf(connectors);
  }

  /// The first connector that answers for the resource; empty where none does, which is a
  /// `States.Runtime` of the task.
  public Optional<Connector> find(Resource resource) {
    for (Connector connector : connectors) {
      if (connector.handles(resource)) {
        return Optional.of(connector);
      }
    }
    return Optional.empty();
  }
}
