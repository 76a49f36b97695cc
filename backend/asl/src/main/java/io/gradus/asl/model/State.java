package io.gradus.asl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One state as it was written; a closed set, so that a new kind is a compile error wherever one is
/// decided on.
public sealed interface State {
  StateName name();

  @Nullable String comment();

  QueryLanguage language();

  DataFlow data();

  /// Hands its input, or a fixed result, on.
  ///
  /// @param result JSONPath `Result`; null where absent
  record Pass(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      @Nullable JsonNode result,
      Transition then)
      implements State {}

  /// Calls something and waits for its result.
  ///
  /// @param credentials the `Credentials` template
  record Task(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Resource resource,
      @Nullable Expr credentials,
      @Nullable Expr timeoutSeconds,
      @Nullable Expr heartbeatSeconds,
      ErrorPolicy onError,
      Transition then)
      implements State {}

  record Choice(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      List<ChoiceRule> rules,
      @Nullable StateName fallback)
      implements State {
    public Choice {
      rules = List.copyOf(rules);
    }
  }

  record Wait(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Until until,
      Transition then)
      implements State {
    /// How long a Wait waits.
    public sealed interface Until {
      record Seconds(Expr seconds) implements Until {}

      record Timestamp(Expr timestamp) implements Until {}
    }
  }

  record Succeed(StateName name, @Nullable String comment, QueryLanguage language, DataFlow data)
      implements State {}

  record Fail(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      @Nullable Expr error,
      @Nullable Expr cause)
      implements State {}

  record Parallel(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      List<StateMachine> branches,
      ErrorPolicy onError,
      Transition then)
      implements State {
    public Parallel {
      branches = List.copyOf(branches);
    }
  }

  record MapState(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      MapSpec map,
      StateMachine processor,
      ErrorPolicy onError,
      Transition then)
      implements State {}
}
