package io.gradus.asl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Condition.Operator;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.asl.model.State.Wait.Until;
import io.gradus.asl.model.StateName;
import io.gradus.asl.model.Transition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a text becomes. In definitions `'` stands for `"`.
class DefinitionParserTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  @DisplayName("fields that are absent take the language's defaults")
  void defaults() {
    // given
    State.Pass pass = (State.Pass) state("'Type':'Pass','End':true");

    // then
    assertThat(pass.language()).isEqualTo(QueryLanguage.JSONPATH);
    assertThat(pass.result()).isNull();
    assertThat(pass.then()).isEqualTo(Transition.End.END);
    assertThat(pass.data())
        .isEqualTo(
            new DataFlow.JsonPath(
                new Expr.Path("$"), null, null, new Expr.Path("$"), new Expr.Path("$"), Map.of()));
  }

  @Test
  @DisplayName("a null path is not an absent one")
  void nullPaths() {
    // given
    State.Pass pass =
        (State.Pass)
            state(
                "'Type':'Pass','InputPath':null,'OutputPath':null,'ResultPath':null,'Result':null,"
                    + "'End':true");
    DataFlow.JsonPath data = (DataFlow.JsonPath) pass.data();

    // then
    assertThat(data.inputPath()).isEqualTo(literal("{}"));
    assertThat(data.outputPath()).isEqualTo(literal("{}"));
    assertThat(data.resultPath()).isNull();
    assertThat(pass.result()).isNotNull();
  }

  @Test
  @DisplayName("a payload template keeps its order, its nesting and its constants")
  void payloadTemplate() {
    // given
    State.Pass pass =
        (State.Pass)
            state(
                "'Type':'Pass','End':true,'Parameters':{'b.$':'$.x','a':{'c':[1,{'d.$':'$$.E'}]},"
                    + "'e':{'f':true},'g.$':'States.Array($v, 2)'}");
    Expr parameters = Objects.requireNonNull(((DataFlow.JsonPath) pass.data()).parameters());

    // then
    assertThat(parameters).isInstanceOf(Expr.Obj.class);
    Map<String, Expr> fields = ((Expr.Obj) parameters).fields();
    assertThat(fields.keySet()).containsExactly("b", "a", "e", "g");
    assertThat(fields.get("b")).isEqualTo(new Expr.Path("$.x"));
    assertThat(fields.get("a"))
        .isEqualTo(
            new Expr.Obj(
                Map.of(
                    "c",
                    new Expr.Arr(
                        List.of(literal("1"), new Expr.Obj(Map.of("d", new Expr.Path("$$.E"))))))));
    assertThat(fields.get("e")).isEqualTo(literal("{'f':true}"));
    assertThat(fields.get("g"))
        .isEqualTo(new Expr.Intrinsic("States.Array", List.of(new Expr.Path("$v"), literal("2"))));
  }

  @Test
  @DisplayName("every {% %} of a JSONata template becomes an expression, without its brackets")
  void jsonataTemplate() {
    // given
    State.Pass pass =
        (State.Pass)
            state(
                "'Type':'Pass','QueryLanguage':'JSONata','End':true,"
                    + "'Output':{'a':['{% $states.input %}','x']},'Assign':{'v':'{% 1 %}','w':2}");
    DataFlow.Jsonata data = (DataFlow.Jsonata) pass.data();

    // then
    assertThat(data.output())
        .isEqualTo(
            new Expr.Obj(
                Map.of(
                    "a",
                    new Expr.Arr(List.of(new Expr.Jsonata("$states.input"), literal("'x'"))))));
    assertThat(data.assign()).isEqualTo(Map.of("v", new Expr.Jsonata("1"), "w", literal("2")));
  }

  @Test
  @DisplayName("…Path spellings fold into the same field as their constants")
  void pathSpellings() {
    assertThat(((State.Wait) state("'Type':'Wait','SecondsPath':'$.s','End':true")).until())
        .isEqualTo(new Until.Seconds(new Expr.Path("$.s")));
    assertThat(((State.Wait) state("'Type':'Wait','Seconds':7,'End':true")).until())
        .isEqualTo(new Until.Seconds(literal("7")));
    assertThat(
            ((State.Wait) state("'Type':'Wait','Timestamp':'2016-03-14T01:59:00Z','End':true"))
                .until())
        .isEqualTo(new Until.Timestamp(literal("'2016-03-14T01:59:00Z'")));
    State.Fail fail =
        (State.Fail)
            state("'Type':'Fail','Error':'E','CausePath':'States.Format(\u0001{}\u0001, $.c)'");
    assertThat(fail.error()).isEqualTo(literal("'E'"));
    assertThat(fail.cause()).isInstanceOf(Expr.Intrinsic.class);
  }

  @Test
  @DisplayName("a Task keeps its resource, limits and what it does with errors")
  void task() {
    // given
    State.Task task =
        (State.Task)
            state(
                "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':"
                    + "{'FunctionName':'f'},'TimeoutSecondsPath':'$.t','HeartbeatSeconds':5,"
                    + "'Credentials':{'RoleArn':'r'},'Retry':[{'ErrorEquals':['A','B']},"
                    + "{'ErrorEquals':['States.ALL'],'IntervalSeconds':2,'MaxAttempts':0,"
                    + "'BackoffRate':1.5,'MaxDelaySeconds':9,'JitterStrategy':'FULL'}],'Catch':["
                    + "{'ErrorEquals':['States.ALL'],'Next':'Z','ResultPath':null,"
                    + "'Assign':{'e.$':'$.Error'}}],'Next':'Z'");

    // then
    assertThat(task.resource().resourceType()).isEqualTo("lambda");
    assertThat(task.timeoutSeconds()).isEqualTo(new Expr.Path("$.t"));
    assertThat(task.heartbeatSeconds()).isEqualTo(literal("5"));
    assertThat(task.then()).isEqualTo(new Transition.Next(new StateName("Z")));
    var first = task.onError().retriers().getFirst();
    assertThat(first.errors()).containsExactly(new ErrorName("A"), new ErrorName("B"));
    assertThat(first.intervalSeconds()).isEqualTo(1);
    assertThat(first.maxAttempts()).isEqualTo(3);
    assertThat(first.backoffRate()).isEqualTo(2.0);
    var second = task.onError().retriers().getLast();
    assertThat(second.maxAttempts()).isZero();
    assertThat(second.maxDelaySeconds()).isEqualTo(9);
    assertThat(second.fullJitter()).isTrue();
    var catcher = task.onError().catchers().getFirst();
    assertThat(catcher.resultPath()).isNull();
    assertThat(catcher.assign()).isEqualTo(Map.of("e", new Expr.Path("$.Error")));
  }

  @Test
  @DisplayName("conditions nest, and compare with constants or paths")
  void choice() {
    // given
    State.Choice choice =
        (State.Choice)
            state(
                "'Type':'Choice','Default':'Z','Choices':[{'Next':'Z','And':["
                    + "{'Variable':'$.a','NumericLessThanEqualsPath':'$.b'},"
                    + "{'Not':{'Variable':'$v','StringMatches':'x*'}}]}]");

    // then
    assertThat(choice.fallback()).isEqualTo(new StateName("Z"));
    assertThat(choice.rules().getFirst().condition())
        .isEqualTo(
            new Condition.And(
                List.of(
                    new Condition.Comparison(
                        new Expr.Path("$.a"),
                        Operator.NUMERIC_LESS_THAN_EQUALS,
                        new Expr.Path("$.b")),
                    new Condition.Not(
                        new Condition.Comparison(
                            new Expr.Path("$v"), Operator.STRING_MATCHES, literal("'x*'"))))));
  }

  @Test
  @DisplayName("all 39 comparisons are read")
  void everyComparison() {
    int spellings = 0;
    for (Operator operator : Operator.values()) {
      String constant =
          switch (operator.wireName().substring(0, 2)) {
            case "St" -> "'s'";
            case "Nu" -> "1.5";
            case "Ti" -> "'2016-03-14T01:59:00Z'";
            default -> "true";
          };
      spellings += reads(operator.wireName(), constant);
      spellings += operator.comparesToPath() ? reads(operator.wireName() + "Path", "'$.y'") : 0;
    }
    assertThat(spellings).isEqualTo(39);
  }

  private static int reads(String spelling, String operand) {
    String rule = "{'Variable':'$.x','%s':%s,'Next':'Z'}".formatted(spelling, operand);
    State.Choice choice = (State.Choice) state("'Type':'Choice','Choices':[" + rule + "]");
    assertThat(choice.rules()).as(spelling).hasSize(1);
    return 1;
  }

  @Test
  @DisplayName("a Map in its legacy spelling is the same Map")
  void maps() {
    String inner = "{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}}";
    State.MapState legacy =
        (State.MapState)
            state(
                "'Type':'Map','End':true,'ItemsPath':'$.items','Parameters':{'a':1},'Iterator':"
                    + inner);
    State.MapState modern =
        (State.MapState)
            state(
                "'Type':'Map','End':true,'ItemsPath':'$.items','ItemSelector':{'a':1},"
                    + "'ItemProcessor':"
                    + inner);
    assertThat(legacy).isEqualTo(modern);
    assertThat(legacy.map().mode()).isEqualTo(MapSpec.Mode.INLINE);
    assertThat(((DataFlow.JsonPath) legacy.data()).parameters()).isNull();
  }

  @Test
  @DisplayName("a distributed Map keeps its reader and writer as they were written")
  void distributedMap() {
    // given
    State.MapState map =
        (State.MapState)
            state(
                "'Type':'Map','End':true,'Label':'L','MaxConcurrency':3,"
                    + "'ToleratedFailurePercentagePath':'$.p','ItemReader':{'Resource':"
                    + "'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'},"
                    + "'Parameters':{'Bucket':'b','Key.$':'$.k'}},'ItemBatcher':"
                    + "{'MaxItemsPerBatch':10},'ItemProcessor':{'ProcessorConfig':{'Mode':"
                    + "'DISTRIBUTED','ExecutionType':'EXPRESS'},'StartAt':'I','States':"
                    + "{'I':{'Type':'Succeed'}}}");

    // then
    assertThat(map.map().mode()).isEqualTo(MapSpec.Mode.DISTRIBUTED_EXPRESS);
    assertThat(map.map().label()).isEqualTo("L");
    assertThat(map.map().maxConcurrency()).isEqualTo(literal("3"));
    assertThat(map.map().toleratedFailurePercentage()).isEqualTo(new Expr.Path("$.p"));
    assertThat(map.map().itemReader()).isNotNull();
    assertThat(map.map().itemBatcher()).isNotNull();
    assertThat(map.map().resultWriter()).isNull();
  }

  @Test
  @DisplayName("a state on its own is named as TestState names it, at AWS's place")
  void singleState() {
    assertThat(
            DefinitionParser.parseState(json("{'Type':'Parallel','Branches':[],'End':true}"))
                .diagnostics())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.message()).isEqualTo("Value cannot be empty");
              assertThat(fault.location()).isEqualTo("/States/StateName/Branches");
            });
    Definition tested =
        DefinitionParser.parseState(json("{'Type':'Pass','Next':'X'}")).definition();
    assertThat(Objects.requireNonNull(tested).has(DefinitionParser.TESTED)).isTrue();
  }

  @Test
  @DisplayName("a definition with faults is still drawn, but not given to run")
  void sketch() {
    String faulty = json("{'StartAt':'A','States':{'A':{'Type':'Pass'},'B':{'Type':'Odd'}}}");
    assertThat(DefinitionParser.parse(faulty).definition()).isNull();
    assertThat(Objects.requireNonNull(DefinitionParser.sketch(faulty)).allStates()).hasSize(1);
    assertThat(DefinitionParser.sketch("{")).isNull();
  }

  private static State state(String fields) {
    String definition =
        json("{'StartAt':'A','States':{'A':{" + fields + "},'Z':{'Type':'Succeed'}}}")
            .replace('\u0001', '\'');
    Parsed parsed = DefinitionParser.parse(definition);
    assertThat(parsed.diagnostics()).as(definition).isEmpty();
    return Objects.requireNonNull(parsed.definition()).state(new StateName("A"));
  }

  private static Expr literal(String value) {
    JsonNode node = JSON.readTree(json(value));
    return new Expr.Literal(node);
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }
}
