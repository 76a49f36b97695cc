package io.gradus.bench.chaos.check;

import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is known beforehand of a workload: which call belongs to which attempt, how long things
/// must take, and what has to come out.
public interface Oracle {
  /// The worker's name of an attempt; null where no worker is called.
  @Nullable String attempt(StoredExecution row, Fact.HistoryEvent scheduled, Payload arguments);

  /// The number of the worker's call whose answer this result is; empty where it carries none.
  OptionalLong answeredBy(JsonNode result);

  /// The number of the client's call whose output this result is; empty where it carries none.
  OptionalLong completedBy(JsonNode result);

  /// How long a Wait must last at least; empty where the definition says it ([DefinitionTimes]).
  OptionalInt waitSeconds(StoredExecution row, String state, JsonNode input);

  /// What is wrong with how an execution ended; empty where nothing is.
  ///
  /// @param stopAsked whether someone asked for it, or for its parent, to be stopped
  /// @param output null where it has none
  List<String> differences(
      StoredExecution row, JsonNode input, boolean stopAsked, @Nullable JsonNode output);
}
