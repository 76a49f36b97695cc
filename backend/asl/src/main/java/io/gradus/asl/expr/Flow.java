package io.gradus.asl.expr;

import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the interpreter asks of a query language. JSONPath and JSONata are its two implementations;
/// the interpreter knows neither.
///
/// Every method throws [EvaluationFailure] with AWS's error name.
public interface Flow {
  /// The flow for a state's language.
  static Flow of(State state) {
    return Flows.of(state.language());
  }

  /// JSONPath: `InputPath` applied. JSONata: the input itself.
  JsonNode effectiveInput(DataFlow data, Scope scope);

  /// `Parameters` or `Arguments` evaluated; the effective input where the field is absent.
  JsonNode arguments(DataFlow data, JsonNode effectiveInput, Scope scope);

  /// What the state hands on and assigns, once its result is known: `ResultSelector`, `ResultPath`,
  /// `OutputPath`, `Assign`, or `Output` and `Assign`.
  ///
  /// @param effectiveInput what [#effectiveInput] gave when the state was entered
  /// @param result null for states without one (Choice, Wait, Succeed, a Pass without `Result`):
  ///   the effective input (for a Pass the arguments) takes its place
  Outcome outcome(State state, JsonNode effectiveInput, @Nullable JsonNode result, Scope scope);

  /// The outcome of a Choice by a rule (null: by `Default`).
  Outcome chosen(
      State.Choice choice, @Nullable ChoiceRule rule, JsonNode effectiveInput, Scope scope);

  /// The outcome of a catcher.
  ///
  /// @param errorOutput `{"Error": …, "Cause": …}`
  Outcome caught(State state, ErrorPolicy.Catcher catcher, JsonNode errorOutput, Scope scope);

  /// Whether a rule of a Choice holds. Unlike [#test] it names the rule where it fails
  /// (`Choices[1]/Condition`).
  boolean holds(State.Choice choice, ChoiceRule rule, JsonNode effectiveInput, Scope scope);

  /// Whether a Choice rule's condition holds.
  boolean test(Condition condition, JsonNode effectiveInput, Scope scope);

  /// A single field such as `SecondsPath`, `TimeoutSeconds`, `Error` or `Items`.
  ///
  /// @param document what `$` means in JSONPath; `$states.input` is always the scope's
  /// @param field the field's name, for the location of a failure
  JsonNode field(Expr expr, JsonNode document, String field, Scope scope);

  /// An iteration's input: `ItemSelector` (or the item itself where it is null), with `Map.Item` in
  /// the scope's context.
  JsonNode item(@Nullable Expr itemSelector, JsonNode effectiveInput, JsonNode item, Scope scope);

  /// What a state hands on.
  ///
  /// @param assigned new values by variable name; all were evaluated on the old values
  record Outcome(JsonNode output, Map<String, JsonNode> assigned) {}
}
