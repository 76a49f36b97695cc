package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.definition.AliasService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version and its share of an alias's starts: an item of a routing configuration.
public record Route(
    @Member(required = true, min = 1, max = Limits.ARN) String stateMachineVersionArn,
    @Member(required = true, max = 100) Integer weight) {
  static @Nullable List<AliasService.Route> read(@Nullable List<Route> routes) {
    return routes == null
        ? null
        : routes.stream()
            .map(route -> new AliasService.Route(route.stateMachineVersionArn, route.weight))
            .toList();
  }

  static List<Route> of(List<AliasService.Route> routes) {
    return routes.stream().map(route -> new Route(route.versionArn(), route.weight())).toList();
  }
}
