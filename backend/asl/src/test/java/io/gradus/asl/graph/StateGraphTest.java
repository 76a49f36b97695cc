package io.gradus.asl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.graph.StateGraph.Reason;
import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateGraphTest {
  private static final String TEXT =
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
                  """;
  private static final Definition DEFINITION =
      Objects.requireNonNull(DefinitionParser.parse(TEXT).definition());
  private static final String SNS = "arn:aws:states:::sns:publish";

  @Test
  @DisplayName("every state is a node, in its container and branch")
  void nodes() {
    assertThat(StateGraph.of(DEFINITION).nodes())
        .containsExactly(
            node("Choose", Kind.CHOICE, null, 0, true, false, null, "1 rule"),
            node("Both", Kind.PARALLEL, null, 0, false, false, null, "2 branches"),
            node("Left", Kind.PASS, "Both", 0, true, true, null, ""),
            node("Right", Kind.TASK, "Both", 1, true, true, SNS, "SNS · Publish"),
            node("Each", Kind.MAP, null, 0, false, true, null, ""),
            node("Inner", Kind.WAIT, "Each", 0, true, true, null, "1 s"),
            node("No", Kind.FAIL, null, 0, false, true, null, "$$.Execution.Id"));
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
                    + " \"y*\"))",
                false),
            new Edge("Choose", "No", Reason.DEFAULT, 0, "Default", false),
            new Edge("Both", "Each", Reason.NEXT, 0, "", false),
            new Edge("Both", "No", Reason.CATCH, 0, "A, B", false));
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

  @Test
  @DisplayName("a text gives the graph that its parsed definition gives")
  void textAndDefinitionAgree() {
    assertThat(StateGraph.sketch(TEXT)).isEqualTo(StateGraph.of(DEFINITION));
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a half-written text is drawn as far as it goes")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cut off in a name     | {'StartAt':'A','States':{'A':{'Type':'Pass','Ne  | A:PASS | ",
        "cut off in a value    | {'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B     "
            + " | A:PASS | A>B!",
        "no value yet          | {'States':{'A':{'Type':'Task','Resource':,'Next':'B'},"
            + "'B':{'Type':'Succeed'}}} | A:TASK B:SUCCEED | A>B",
        "no comma              | {'States':{'A':{'Type':'Wait' 'Next':'B'} 'B':{'Type':'Fail'}}}"
            + " | A:WAIT B:FAIL | A>B",
        "a comma too many      | {'States':{'A':{'Type':'Pass',,'Next':'B',},'B':{},}}"
            + " | A:PASS B:PASS | A>B",
        "an unclosed text      | {'States':{'A':{'Type':'Pass','Next':'B⏎},'B':{'End':true}}}"
            + " | A:PASS B:PASS | A>B",
        "a brace is missing    | {'States':{'A':{'Type':'Pass','Next':'B','B':{'Type':'Pass'}}}"
            + " | A:PASS B:PASS | A>B",
        "a bracket is missing  | {'States':{'A':{'Type':'Choice','Choices':[{'Next':'B'}},"
            + "'B':{'Type':'Pass'}}} | A:CHOICE B:PASS | A>B",
        "no type yet           | {'States':{'A':{'Choices':[]},'B':{'Branches':[]},"
            + "'C':{'Iterator':{}},'D':{'Resource':'x'},'E':{'Ty':'P'}}}"
            + " | A:CHOICE B:PARALLEL C:MAP D:TASK E:PASS | ",
        "an unknown type       | {'States':{'A':{'Type':'Tas','Resource':'x','Next':'A'}}}"
            + " | A:TASK | A>A",
        "a target elsewhere    | {'States':{'M':{'Type':'Map','ItemProcessor':{'States':{"
            + "'A':{'Type':'Pass','Next':'M'}}}}}} | M:MAP A:PASS | A>M!",
        "a name used twice     | {'States':{'A':{'Type':'Pass'},'M':{'Type':'Map','Iterator':{"
            + "'States':{'A':{'Type':'Task','Next':'A'}}}}}} | A:PASS M:MAP A/2:TASK | A/2>A/2",
        "words around it       | oops {'States':{'A':{'Type':'Pass'}}} and more | A:PASS | ",
      })
  void halfWritten(String what, String text, String nodes, @Nullable String edges) {
    String json = text.replace('\'', '"').replace('⏎', '\n');

    StateGraph graph = Objects.requireNonNull(StateGraph.sketch(json), what);

    assertThat(
            graph.nodes().stream()
                .map(node -> node.id().replace('\n', '/') + ":" + node.kind())
                .collect(Collectors.joining(" ")))
        .isEqualTo(nodes);
    assertThat(
            graph.edges().stream()
                .map(
                    edge ->
                        (edge.from() + ">" + edge.to()).replace('\n', '/')
                            + (edge.missing() ? "!" : ""))
                .collect(Collectors.joining(" ")))
        .isEqualTo(edges == null ? "" : edges);
  }

  @Test
  @DisplayName("a text is drawn while any one character of its states is missing")
  void anyHalfWrittenText() {
    int states = TEXT.indexOf("\"States\"") + "\"States\"".length();
    for (int i = 0; i < TEXT.length(); i++) {
      StateGraph prefix = StateGraph.sketch(TEXT.substring(0, i));
      assertThat(prefix == null ? 0 : prefix.nodes().size()).isLessThanOrEqualTo(7);
      StateGraph gap = StateGraph.sketch(TEXT.substring(0, i) + TEXT.substring(i + 1));
      assertThat(gap != null || i < states).as(TEXT.substring(0, i)).isTrue();
    }
  }

  @Test
  @DisplayName("what is no definition has no graph")
  void nothingToDraw() {
    for (String text : List.of("", "{", "[]", "\"States\"", "{\"States\": {}}", "]]}}")) {
      assertThat(StateGraph.sketch(text)).as(text).isNull();
    }
    String deep = "{\"States\":{\"A\":{\"Type\":\"Map\",\"Iterator\":".repeat(400);
    assertThat(Objects.requireNonNull(StateGraph.sketch(deep)).nodes()).hasSizeLessThan(100);
  }

  @ParameterizedTest
  @DisplayName("a task says what it calls")
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:lambda:eu-west-1:123456789012:function:resize:prod | Lambda · resize:prod",
        "arn:aws:states:::lambda:invoke                             | Lambda · tags",
        "arn:aws:states:::lambda:invoke.waitForTaskToken            | Lambda · tags",
        "arn:aws:states:::dynamodb:putItem                          | DynamoDB · PutItem",
        "arn:aws:states:::aws-sdk:s3:getObject                      | S3 · GetObject",
        "arn:aws:states:::states:startExecution.sync:2              | Step Functions · StartExecution",
        "arn:aws:states:::approval:request.waitForTaskToken         | Approval",
        "arn:aws:states:::sql:query                                 | SQL · Query",
        "arn:aws:states:::email:send                                | Email · Send",
        "arn:aws:states:::http:invoke                               | HTTP · POST",
        "arn:aws:states:eu-west-1:123456789012:activity:print       | Activity · print",
        "arn:aws:states:::aws-sdk:newthing:doIt                     | Newthing · DoIt",
        "half written                                               | half written",
      })
  void captions(String resource, String caption) {
    String text =
        """
        {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "Resource": "%s",
          "Parameters": {"FunctionName": "arn:aws:lambda:eu-west-1:123456789012:function:tags",
            "Method": "POST", "Body.$": "$"}}}}
        """
            .formatted(resource);
    assertThat(Objects.requireNonNull(StateGraph.sketch(text)).nodes().getFirst().caption())
        .isEqualTo(caption);
    assertThat(
            StateGraph.of(Objects.requireNonNull(DefinitionParser.sketch(text)))
                .nodes()
                .getFirst()
                .caption())
        .isEqualTo(caption);
  }

  @ParameterizedTest
  @DisplayName("a Wait says how long, in words")
  @CsvSource({"5, 5 s", "60, 1 min", "90, 1 min 30 s", "7200, 2 h", "93600, 1 d 2 h"})
  void waits(int seconds, String caption) {
    String text = "{\"States\":{\"A\":{\"Type\":\"Wait\",\"Seconds\":%d}}}".formatted(seconds);
    assertThat(Objects.requireNonNull(StateGraph.sketch(text)).nodes().getFirst().caption())
        .isEqualTo(caption);
  }

  @Test
  @DisplayName("what stands around a state and around the containers that it is inside of")
  void around() {
    StateGraph graph = StateGraph.of(DEFINITION);
    assertThat(graph.around("Both", 1, 1).nodes())
        .extracting(Node::id)
        .containsExactly("Choose", "Both", "Each", "No");
    assertThat(graph.around("Both", 0, 1).edges())
        .extracting(edge -> edge.from() + ">" + edge.to())
        .containsExactly("Both>Each", "Both>No");
    assertThat(graph.around("Right", 2, 2).nodes())
        .extracting(Node::id)
        .containsExactly("Choose", "Both", "Right", "Each", "No");
    assertThat(graph.around("Right", 0, 0).nodes())
        .extracting(Node::id, Node::parent)
        .containsExactly(tuple("Both", null), tuple("Right", "Both"));
    assertThat(graph.around("Nobody", 2, 2).nodes()).isEmpty();
  }

  private static Node node(
      String name,
      Kind kind,
      @Nullable String parent,
      int branch,
      boolean start,
      boolean end,
      @Nullable String resource,
      String caption) {
    return new Node(name, name, kind, parent, branch, start, end, resource, caption);
  }
}
