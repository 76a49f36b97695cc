package io.gradus.runtime.task;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Given results of named Task states: by attempt, or by visit and then by attempt. The last of a
/// list repeats.
///
/// | written | meaning |
/// |---|---|
/// | `{"Charge": [{"throw": {"error": "Busy"}}, {"return": 1}]}` | whenever the state is entered, its first attempt fails |
/// | `{"Poll": [[{"return": "RUNNING"}], [{"return": "DONE"}]]}` | the second time the state is entered, it is done |
/// | `{"delaySeconds": 1.5, "return": 1}` | the result comes after so long |
/// | `{"when": "{% $arguments.sku = 'B-7' %}", "throw": {…}}` | passed over where the condition does not hold |
/// | `{"return": {"id": "{% $arguments.id %}"}}` | made from what the task was called with |
/// | `{"Ship": [{"mocks": {"Pack": [{"return": 1}]}}]}` | the execution that the task starts is really started, on these mocks |
///
/// Conditions and results are JSONata over `$arguments`, what the task was called with, and
/// `$states.input`.
public final class Mocks {
  /// No state is mocked.
  public static final Mocks NONE = new Mocks(Map.of());

  private final Map<StateName, ByVisit> byState;

  /// @param lists at least one
  /// @param counted whether they are of visits, rather than one for every visit
  record ByVisit(List<List<MockedResult>> lists, boolean counted) {
    ByVisit {
      lists = List.copyOf(lists);
    }

    List<MockedResult> of(int visit) {
      return lists.get(Math.min(visit, lists.size()) - 1);
    }
  }

  private Mocks(Map<StateName, ByVisit> byState) {
    this.byState = Map.copyOf(byState);
  }

  /// @param json null for none
  /// @throws IllegalArgumentException with a sentence for the caller when it is not of that form
  public static Mocks parse(byte @Nullable [] json) {
    if (json == null) {
      return NONE;
    }
    JsonNode root;
    try {
      root = PayloadJson.MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("Mocks must be valid JSON", e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("Mocks must be an object of state names");
    }
    Map<StateName, ByVisit> byState = new HashMap<>();
    root.properties()
        .forEach(
            state ->
                byState.put(
                    new StateName(state.getKey()),
                    MockReader.state(state.getKey(), state.getValue())));
    return new Mocks(byState);
  }

  /// Whether the state has given results.
  public boolean has(StateName state) {
    return byState.containsKey(state);
  }

  /// Whether the state's results depend on how often it was entered, so that visits must be
  /// counted.
  public boolean countsVisits(StateName state) {
    ByVisit results = byState.get(state);
    return results != null && results.counted();
  }

  /// Whether any state's visits must be counted.
  public boolean countsVisits() {
    return byState.values().stream().anyMatch(ByVisit::counted);
  }

  /// The mocks of the execution that this call starts; empty where the call is answered, or not
  /// mocked at all.
  public Optional<Payload> ofChild(StateName state, MockedCall call) {
    ByVisit results = byState.get(state);
    if (results == null) {
      return Optional.empty();
    }
    try {
      MockedResult chosen = MockedReply.chosen(results.of(call.visit()), call);
      return chosen != null && chosen.given() instanceof MockedResult.Given.Child(Payload mocks)
          ? Optional.of(mocks)
          : Optional.empty();
    } catch (EvaluationFailure e) {
      return Optional.empty(); // the reply tells it
    }
  }

  /// What the state's task gives; empty where the state is not mocked.
  public Optional<MockedReply> reply(StateName state, MockedCall call) {
    ByVisit results = byState.get(state);
    return results == null
        ? Optional.empty()
        : Optional.of(MockedReply.of(state, results.of(call.visit()), call));
  }
}
