package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.check.Oracle;
import io.gradus.bench.chaos.check.StoredExecution;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is known of simulated executions: any end is right that the history leads to.
final class SimulationOracle implements Oracle {
  static String attempt(UUID execution, TaskId task) {
    return execution + "#" + task.attempt();
  }

  @Override
  public String attempt(StoredExecution row, Fact.HistoryEvent scheduled, Payload arguments) {
    return attempt(row.id(), new TaskId(scheduled.frame(), scheduled.id()));
  }

  @Override
  public OptionalLong answeredBy(JsonNode result) {
    return number(result.path("call"));
  }

  @Override
  public OptionalLong completedBy(JsonNode result) {
    return number(result.path("by"));
  }

  private static OptionalLong number(JsonNode node) {
    return node.isIntegralNumber() ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
  }

  @Override
  public OptionalInt waitSeconds(StoredExecution row, String state, JsonNode input) {
    return OptionalInt.empty();
  }

  @Override
  public List<String> differences(
      StoredExecution row, JsonNode input, boolean stopAsked, @Nullable JsonNode output) {
    return List.of();
  }
}
