package io.gradus.service.definition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A name for one or two versions of a state machine, between which its starts are divided.
public record Alias(
    String name,
    @Nullable String description,
    List<Route> routes,
    Instant createdAt,
    Instant updatedAt) {
  public Alias {
    routes = List.copyOf(routes);
  }

  /// A version and its share.
  ///
  /// @param weight in percent; all weights together are 100
  public record Route(int version, int weight) {}

  /// The version that a start goes to.
  ///
  /// @param draw from 0 to 99
  public int version(int draw) {
    int from = 0;
    for (Route route : routes) {
      from += route.weight();
      if (draw < from) {
        return route.version();
      }
    }
    throw new IllegalStateException("expected weights of 100 in all, found " + from);
  }
}
