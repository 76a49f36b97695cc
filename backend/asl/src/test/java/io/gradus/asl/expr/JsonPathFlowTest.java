package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.expr.jsonpath.JsonPathFlow;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.asl.model.Transition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class JsonPathFlowTest {
  private static final Flow FLOW = new JsonPathFlow();
  private static final String INPUT = "{\"a\":{\"b\":1},\"list\":[1,2],\"s\":\"x\"}";

  @ParameterizedTest
  @MethodSource("resultPaths")
  void putsTheResultIntoTheInput(String path, String input, String expected) {
    JsonNode before = Table.json(input);
    Scope scope = Table.scope(before);
    Expr.Path resultPath = path.equals("null") ? null : new Expr.Path(path);
    State task = task(data(null, null, resultPath, "$", Map.of()));
    try {
      Flow.Outcome outcome = FLOW.outcome(task, scope.input(), Table.json("\"R\""), scope);
      assertThat(outcome.output()).isEqualTo(Table.json(expected));
    } catch (EvaluationFailure failure) {
      assertThat("! " + failure.error() + ": " + failure.causeText()).startsWith(expected);
    }
    assertThat(before).as("the input is shared").isEqualTo(Table.json(input));
  }

  static Stream<Arguments> resultPaths() {
    return Table.rows(
        """
        $          <- {"a":1}               => "R"
        null       <- {"a":1}               => {"a":1}
        $.r        <- {"a":1}               => {"a":1,"r":"R"}
        $.a        <- {"a":1}               => {"a":"R"}
        $.x.y.z    <- {"a":1}               => {"a":1,"x":{"y":{"z":"R"}}}
        $.a.z      <- {"a":{"b":1}}         => {"a":{"b":1,"z":"R"}}
        $['x y']   <- {}                    => {"x y":"R"}
        $.a[1]     <- {"a":[1,2,3]}         => {"a":[1,"R",3]}
        $.a[1].c   <- {"a":[1,{"b":2},3]}   => {"a":[1,{"b":2,"c":"R"},3]}
        $.a[3]     <- {"a":[1]}             => ! States.ResultPathMatchFailure: Unable to apply ReferencePath $.a[3] to input {"a":[1]}
        $.a.b      <- {"a":1}               => ! States.ResultPathMatchFailure
        $.a        <- [1]                   => ! States.ResultPathMatchFailure
        $.a        <- "text"                => ! States.ResultPathMatchFailure
        $.a        <- null                  => ! States.ResultPathMatchFailure
        """);
  }

  @Test
  void putsTheResultIntoTheRawInput() {
    Scope scope = Table.scope(INPUT);
    State task = task(data("$.a", null, new Expr.Path("$.r"), "$", Map.of()));

    JsonNode effective = FLOW.effectiveInput(task.data(), scope);
    Flow.Outcome outcome = FLOW.outcome(task, effective, Table.json("5"), scope);

    assertThat(effective).isEqualTo(Table.json("{\"b\":1}"));
    assertThat(outcome.output())
        .isEqualTo(Table.json("{\"a\":{\"b\":1},\"list\":[1,2],\"s\":\"x\",\"r\":5}"));
  }

  @Test
  void selectsCombinesFiltersAndAssignsInAwsOrder() {
    Scope scope = Table.scope(INPUT);
    Expr selector = object("v", new Expr.Path("$.Payload"));
    DataFlow data =
        data(
            null,
            selector,
            new Expr.Path("$.r"),
            "$.r.v",
            Map.of("kept", new Expr.Path("$.v"), "old", new Expr.Path("$n")));

    Flow.Outcome outcome =
        FLOW.outcome(task(data), scope.input(), Table.json("{\"Payload\":7,\"x\":1}"), scope);

    assertThat(outcome.output()).isEqualTo(Table.json("7"));
    assertThat(outcome.assigned())
        .containsOnly(Map.entry("kept", Table.json("7")), Map.entry("old", Table.json("42")));
  }

  @Test
  void aPassHandsOnItsResultOrItsParameters() {
    Scope scope = Table.scope(INPUT);
    Expr parameters = object("p", new Expr.Path("$.b"));
    DataFlow data = data("$.a", parameters, null, DataFlow.JsonPath.ROOT, "$", Map.of());
    JsonNode effective = FLOW.effectiveInput(data, scope);

    assertThat(FLOW.outcome(pass(data, null), effective, null, scope).output())
        .isEqualTo(Table.json("{\"p\":1}"));
    assertThat(FLOW.outcome(pass(data, Table.json("9")), effective, null, scope).output())
        .isEqualTo(Table.json("9"));
  }

  @Test
  void aCaughtErrorGoesWhereTheCatcherSays() {
    Scope scope = Table.scope(INPUT);
    JsonNode error = Table.json("{\"Error\":\"E\",\"Cause\":\"c\"}");
    State task = task(data(null, null, null, "$.no.such.path", Map.of()));
    ErrorPolicy.Catcher whole = catcher(DataFlow.JsonPath.ROOT);
    ErrorPolicy.Catcher part = catcher(new Expr.Path("$.e"));
    ErrorPolicy.Catcher nowhere = catcher(null);

    assertThat(FLOW.caught(task, whole, error, scope).output()).isEqualTo(error);
    assertThat(FLOW.caught(task, part, error, scope).output().get("e")).isEqualTo(error);
    assertThat(FLOW.caught(task, nowhere, error, scope).output()).isEqualTo(Table.json(INPUT));
    assertThat(FLOW.caught(task, part, error, scope).assigned())
        .containsOnly(Map.entry("why", Table.json("\"c\"")));
  }

  @Test
  void saysWhatAwsSaysOfAPathThatFindsNothing() {
    assertThatThrownBy(() -> FLOW.effectiveInput(data("$.no", null, null, "$", Map.of()), scope()))
        .hasMessage("Invalid path '$.no' : No results for path: $['no']");
    assertThatThrownBy(
            () -> FLOW.effectiveInput(data("$.no.such.path", null, null, "$", Map.of()), scope()))
        .hasMessage("Invalid path '$.no.such.path' : Missing property in path $['no']");
    assertThat(sentence("Seconds"))
        .isEqualTo("The SecondsPath parameter does not reference an input value: $.no");
    assertThat(sentence("TimestampPath"))
        .isEqualTo("The TimestampPath parameter does not reference an input value: $.no");
    assertThat(sentence("Cause"))
        .isEqualTo(
            "The JSONPath '$.no' specified for the field 'CausePath' could not be found in the"
                + " input '"
                + INPUT
                + "'");
  }

  @Test
  void templatesKeepConstantsAndTheOrderOfMembers() {
    Scope scope = scope();
    Expr template =
        new Expr.Obj(
            ordered(
                "z", new Expr.Literal(Table.json("{\"k\":[1]}")),
                "a", new Expr.Arr(List.of(object("in", new Expr.Path("$.s"))))));

    assertThat(FLOW.field(template, scope.input(), "Parameters", scope))
        .hasToString("{\"z\":{\"k\":[1]},\"a\":[{\"in\":\"x\"}]}");
  }

  @Test
  void anIndexBeyondTheEndReadsNullInATemplateOnly() {
    Scope scope = scope();
    Expr beyond = new Expr.Path("$.list[9]");

    assertThat(FLOW.item(object("x", beyond), scope.input(), Table.json("1"), scope))
        .isEqualTo(Table.json("{\"x\":null}"));
    assertThatThrownBy(() -> FLOW.field(beyond, scope.input(), "ItemsPath", scope))
        .isInstanceOf(EvaluationFailure.class);
  }

  @Test
  void tellsEachStage() {
    Map<StageTrace.Stage, JsonNode> stages = new java.util.EnumMap<>(StageTrace.Stage.class);
    Scope scope = traced(stages);
    DataFlow data =
        data("$.a", object("p", new Expr.Path("$.b")), null, new Expr.Path("$.r"), "$.r", Map.of());

    FLOW.outcome(pass(data, null), FLOW.effectiveInput(data, scope), null, scope);

    assertThat(stages.keySet())
        .containsExactly(
            StageTrace.Stage.AFTER_INPUT_PATH,
            StageTrace.Stage.AFTER_PARAMETERS,
            StageTrace.Stage.AFTER_RESULT_SELECTOR,
            StageTrace.Stage.AFTER_RESULT_PATH);
    assertThat(stages.get(StageTrace.Stage.AFTER_INPUT_PATH)).isEqualTo(Table.json("{\"b\":1}"));
    assertThat(stages.get(StageTrace.Stage.AFTER_PARAMETERS)).isEqualTo(Table.json("{\"p\":1}"));
    assertThat(String.valueOf(stages.get(StageTrace.Stage.AFTER_RESULT_PATH)))
        .contains("\"r\":{\"p\":1}");
  }

  @Test
  void aStateWithoutAResultHandsItsEffectiveInputOn() {
    Map<StageTrace.Stage, JsonNode> stages = new java.util.EnumMap<>(StageTrace.Stage.class);
    Scope scope = traced(stages);
    DataFlow data =
        data("$.a", null, DataFlow.JsonPath.ROOT, "$.b", Map.of("v", new Expr.Path("$.b")));
    State succeed = new State.Succeed(new StateName("S"), null, QueryLanguage.JSONPATH, data);

    Flow.Outcome outcome = FLOW.outcome(succeed, FLOW.effectiveInput(data, scope), null, scope);

    assertThat(outcome.output()).isEqualTo(Table.json("1"));
    assertThat(outcome.assigned()).containsOnly(Map.entry("v", Table.json("1")));
    assertThat(stages.keySet()).containsExactly(StageTrace.Stage.AFTER_INPUT_PATH);
  }

  private static Scope traced(Map<StageTrace.Stage, JsonNode> stages) {
    Scope plain = scope();
    return new Scope(
        plain.input(),
        plain.context(),
        plain.variables(),
        plain.now(),
        plain.random(),
        stages::put);
  }

  private static String sentence(String field) {
    Scope scope = scope();
    try {
      return FLOW.field(new Expr.Path("$.no"), scope.input(), field, scope).toString();
    } catch (EvaluationFailure failure) {
      return failure.causeText();
    }
  }

  private static Scope scope() {
    return Table.scope(INPUT);
  }

  private static Expr.Obj object(String name, Expr value) {
    return new Expr.Obj(Map.of(name, value));
  }

  private static Map<String, Expr> ordered(String a, Expr x, String b, Expr y) {
    Map<String, Expr> fields = new java.util.LinkedHashMap<>();
    fields.put(a, x);
    fields.put(b, y);
    return fields;
  }

  private static DataFlow.JsonPath data(
      @Nullable String inputPath,
      @Nullable Expr selector,
      Expr.@Nullable Path resultPath,
      String outputPath,
      Map<String, Expr> assign) {
    return data(inputPath, null, selector, resultPath, outputPath, assign);
  }

  @SuppressWarnings("NullAway") // does not see the annotation of a nested type in a class file
  private static DataFlow.JsonPath data(
      @Nullable String inputPath,
      @Nullable Expr parameters,
      @Nullable Expr selector,
      Expr.@Nullable Path resultPath,
      String outputPath,
      Map<String, Expr> assign) {
    return new DataFlow.JsonPath(
        new Expr.Path(inputPath == null ? "$" : inputPath),
        parameters,
        selector,
        resultPath,
        new Expr.Path(outputPath),
        assign);
  }

  @SuppressWarnings("NullAway") // as above
  private static ErrorPolicy.Catcher catcher(Expr.@Nullable Path resultPath) {
    return new ErrorPolicy.Catcher(
        List.of(ErrorName.ALL),
        new StateName("N"),
        resultPath,
        null,
        Map.of("why", new Expr.Path("$.Cause")));
  }

  private static State pass(DataFlow data, @Nullable JsonNode result) {
    return new State.Pass(
        new StateName("P"), null, QueryLanguage.JSONPATH, data, result, Transition.End.END);
  }

  private static State task(DataFlow data) {
    return new State.Task(
        new StateName("T"),
        null,
        QueryLanguage.JSONPATH,
        data,
        new Resource("arn:aws:states:::lambda:invoke"),
        null,
        null,
        null,
        ErrorPolicy.NONE,
        Transition.End.END);
  }
}
