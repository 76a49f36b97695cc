package io.gradus.asl.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.graph.StateGraph.Reason;
import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateGraphTest {
  private static final Definition DEFINITION =
      Objects.requireNonNull(
          DefinitionParser.parse(
                  """
                  {"StartAt": "Choose", "States": {
                    "Choose": {"Type": "Choice", "Default": "No", "Choices": [
                      {"And": [{"Variable": "$.size", "NumericGreaterThan": 10},
                               {"Variable": "$.kind", "IsPresent": false},
                               {"Or": [{"Variable": "$.a", "StringEquals": "x"},
                                       {"Not": {"Variable": "$.b", "StringMatches": "y*"}}]}],
                       "Next": "Both"}]},
                    "Both": {"Type": "Parallel", "Next": "Each", "Assign": {"out.$": "$"},
                      "Catch": [{"ErrorEquals": ["A", "B"], "Next": "No"}],
                      "Branches": [
                        {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": true,
                          "Parameters": {"b.$": "$beta", "a.$": "States.Format('{}', $alpha)"}}}},
                        {"StartAt": "Right", "States": {"Right": {"Type": "Task", "End": true,
                          "Resource": "arn:aws:states:::sns:publish",
                          "Parameters": {"Message": "m"}}}}]},
                    "Each": {"Type": "Map", "End": true, "QueryLanguage": "JSONata",
                      "Items": "{% $map($out[$ > $least], $string) %}",
                      "ItemProcessor": {"StartAt": "Inner", "States": {
                        "Inner": {"Type": "Wait", "Seconds": 1, "End": true}}}},
                    "No": {"Type": "Fail", "ErrorPath": "$$.Execution.Id", "CausePath": "$why"}
                  }}
                  """)
              .definition());

  @Test
  @DisplayName("every state is a node, in its container and branch")
  void nodes() {
    assertThat(StateGraph.of(DEFINITION).nodes())
        .containsExactly(
            new Node("Choose", Kind.CHOICE, null, 0, true, false, null),
            new Node("Both", Kind.PARALLEL, null, 0, false, false, null),
            new Node("Left", Kind.PASS, "Both", 0, true, true, null),
            new Node("Right", Kind.TASK, "Both", 1, true, true, "arn:aws:states:::sns:publish"),
            new Node("Each", Kind.MAP, null, 0, false, true, null),
            new Node("Inner", Kind.WAIT, "Each", 0, true, true, null),
            new Node("No", Kind.FAIL, null, 0, false, true, null));
  }

  @Test
  @DisplayName("every transition is an edge that says why it is taken")
  void edges() {
    assertThat(StateGraph.of(DEFINITION).edges())
        .containsExactly(
            new Edge(
                "Choose",
                "Both",
                Reason.CHOICE,
                0,
                "$.size > 10 and $.kind is not present and ($.a = \"x\" or not ($.b matches"
                    + " \"y*\"))"),
            new Edge("Choose", "No", Reason.DEFAULT, 0, "Default"),
            new Edge("Both", "Each", Reason.NEXT, 0, ""),
            new Edge("Both", "No", Reason.CATCH, 0, "A, B"));
  }

  @Test
  @DisplayName(
      "the variables a state reads, in alphabetical order; states that read none are absent")
  void variables() {
    assertThat(VariableReferences.of(DEFINITION))
        .isEqualTo(
            Map.of(
                "Left", List.of("alpha", "beta"),
                "Each", List.of("least", "out"),
                "No", List.of("why")));
  }
}
