package io.gradus.engine;

import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.asl.model.StateName;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What came of one state that was run on its own.
///
/// @param output null unless the state was left
/// @param error null where nothing failed, or a Fail names none
/// @param next where an execution would go on; null at an end
/// @param stages what each step of the data flow gave, as far as it came
/// @param variables those given and those assigned, by name
public record TrialOutcome(
    Status status,
    @Nullable Payload output,
    @Nullable String error,
    @Nullable String cause,
    @Nullable StateName next,
    Handling handling,
    Map<Stage, Payload> stages,
    Map<String, JsonNode> variables,
    MapFigures map) {
  public TrialOutcome {
    Map<Stage, Payload> copy = new EnumMap<>(Stage.class);
    copy.putAll(stages);
    stages = Collections.unmodifiableMap(copy);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /// AWS's `TestExecutionStatus`.
  public enum Status {
    SUCCEEDED,
    FAILED,
    RETRIABLE,
    CAUGHT_ERROR
  }

  /// Who answered for the error, by position; null for nobody.
  ///
  /// @param backoffSeconds until the retry, null where there is none
  public record Handling(
      @Nullable Integer retrier, @Nullable Integer catcher, @Nullable Integer backoffSeconds) {}

  /// How a Map would run; null where it did not come that far, or says nothing.
  public record MapFigures(
      @Nullable Integer maxConcurrency,
      @Nullable Integer toleratedFailureCount,
      @Nullable Double toleratedFailurePercentage) {
    public static final MapFigures NONE = new MapFigures(null, null, null);
  }
}
