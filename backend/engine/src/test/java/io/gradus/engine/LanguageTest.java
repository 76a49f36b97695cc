package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Fields of states, each in a machine of its own, with what comes of it.
class LanguageTest {
  private static final String CALL = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke'";

  /// @param states of the machine, which begins with `A`; `'` stands for `"`
  /// @param ends the output, or `! error: cause`
  record Row(String title, String language, String states, String input, String ends) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Row path(String title, String states, String input, String ends) {
    return new Row(title, "JSONPath", states, input, ends);
  }

  private static Row jsonata(String title, String states, String input, String ends) {
    return new Row(title, "JSONata", states, input, ends);
  }

  static Stream<Row> rows() {
    return Stream.of(dataFlow(), languages(), variables(), waits(), fans(), failures())
        .flatMap(List::stream);
  }

  private static List<Row> dataFlow() {
    return List.of(
        path("InputPath null", "'A':{'Type':'Pass','InputPath':null,'End':true}", "{'a':1}", "{}"),
        path("OutputPath null", "'A':{'Type':'Pass','OutputPath':null,'End':true}", "1", "{}"),
        path(
            "ResultPath null",
            "'A':{" + CALL + ",'ResultPath':null,'End':true}",
            "{'a':1}",
            "{'a':1}"),
        path(
            "InputPath, Parameters, ResultSelector, ResultPath, OutputPath",
            "'A':{"
                + CALL
                + ",'InputPath':'$.in','Parameters':{'x.$':'$.a','n.$':'$$.State.Name'},"
                + "'ResultSelector':{'got.$':'$.x','all.$':'$'},'ResultPath':'$.r','OutputPath':'$.r','End':true}",
            "{'in':{'a':7}}",
            "{'got':7,'all':{'x':7,'n':'A'}}"),
        path(
            "Result and ResultPath of a Pass",
            "'A':{'Type':'Pass','Result':{'x':1},'ResultPath':'$.a.b','End':true}",
            "{'a':{'c':1}}",
            "{'a':{'c':1,'b':{'x':1}}}"),
        path(
            "ResultPath into what is no object",
            "'A':{'Type':'Pass','Result':1,'ResultPath':'$.a.b','End':true}",
            "{'a':1}",
            "! States."),
        path(
            "a missing path",
            "'A':{'Type':'Pass','Parameters':{'x.$':'$.none'},'End':true}",
            "{}",
            "! States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2)."),
        path(
            "paths of a Succeed",
            "'A':{'Type':'Succeed','InputPath':'$.a','OutputPath':'$.b'}",
            "{'a':{'b':2}}",
            "2"),
        path(
            "paths of a Choice",
            "'A':{'Type':'Choice','InputPath':'$.a','OutputPath':'$.b','Choices':[{'Variable':'$.b','NumericEquals':2,'Next':'B'}]},'B':{'Type':'Succeed'}",
            "{'a':{'b':2}}",
            "2"),
        path(
            "no choice",
            "'A':{'Type':'Choice','Choices':[{'Variable':'$','NumericEquals':2,'Next':'B'}]},'B':{'Type':'Succeed'}",
            "1",
            "! States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state."),
        path(
            "an intrinsic function that fails where nothing is caught",
            "'A':{'Type':'Pass','Parameters':{'x.$':'States.ArrayGetItem($.a, 3)'},'End':true}",
            "{'a':[1]}",
            "! States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2). There was an error while evaluating the intrinsic function: States.ArrayGetItem($.a, 3). Invalid arguments in States.ArrayGetItem"),
        path(
            "an intrinsic function that fails where it may be caught",
            "'A':{'Type':'Parallel','Parameters':{'x.$':'States.MathAdd(1)'},'Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}}],'Catch':[{'ErrorEquals':['States.IntrinsicFailure'],'ResultPath':'$.e','Next':'C'}],'End':true},'C':{'Type':'Pass','OutputPath':'$.e.Error','End':true}",
            "{}",
            "'States.IntrinsicFailure'"),
        path(
            "the context object",
            "'A':{'Type':'Pass','Parameters':{'e.$':'$$.Execution','m.$':'$$.StateMachine.Name','s.$':'$$.State'},'End':true}",
            "{'i':1}",
            "{'e':{'Id':'arn:aws:states:us-east-1:000000000000:execution:machine:run','Input':{'i':1},'StartTime':'2026-03-01T10:00:00.000Z','Name':'run','RoleArn':'arn:aws:iam::000000000000:role/role','RedriveCount':0},'m':'machine','s':{'Name':'A','EnteredTime':'2026-03-01T10:00:00.000Z'}}"));
  }

  private static List<Row> languages() {
    return List.of(
        path(
            "a JSONata state in a JSONPath machine",
            "'A':{'Type':'Pass','Assign':{'v.$':'$.n'},'Next':'B'},"
                + "'B':{'Type':'Pass','QueryLanguage':'JSONata','Output':{'d':'{% $v * 2 %}'},'Assign':{'w':'{% $v + 1 %}'},'Next':'C'},"
                + "'C':{'Type':'Pass','Parameters':{'d.$':'$.d','w.$':'$w'},'End':true}",
            "{'n':4}",
            "{'d':8,'w':5}"),
        path(
            "JSONPath states within a JSONata Parallel",
            "'A':{'Type':'Parallel','QueryLanguage':'JSONata','Arguments':{'x':'{% $states.input.n %}'},'Output':'{% $states.result[0] %}','Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','Parameters':{'y.$':'$.x'},'End':true}}}],'End':true}",
            "{'n':4}",
            "{'y':4}"),
        jsonata(
            "Arguments, Output and $states",
            "'A':{"
                + CALL
                + ",'Arguments':{'n':'{% $states.input.n + 1 %}'},'Output':{'r':'{% $states.result.n %}','i':'{% $states.input.n %}','s':'{% $states.context.State.Name %}'},'End':true}",
            "{'n':1}",
            "{'r':2,'i':1,'s':'A'}"),
        jsonata(
            "literals within templates",
            "'A':{'Type':'Pass','Output':[1,'x','{% 1 + 1 %}',{'k':'{% [] %}'},'{%$states.input.no%}'],'End':true}",
            "1",
            "! States.QueryEvaluationError"),
        jsonata(
            "Condition, Assign and Output of a rule",
            "'A':{'Type':'Choice','Choices':[{'Condition':'{% $states.input > 2 %}','Assign':{'v':'{% $states.input %}'},'Output':'big','Next':'B'}],'Default':'C'},"
                + "'B':{'Type':'Pass','Output':'{% [$states.input, $v] %}','End':true},'C':{'Type':'Succeed'}",
            "3",
            "['big',3]"),
        jsonata(
            "Assign and Output of a Choice go with its Default",
            "'A':{'Type':'Choice','Choices':[{'Condition':'{% false %}','Next':'C'}],'Default':'B','Assign':{'v':9},'Output':'small'},"
                + "'B':{'Type':'Pass','Output':'{% [$states.input, $v] %}','End':true},'C':{'Type':'Succeed'}",
            "3",
            "['small',9]"),
        jsonata(
            "a condition that is no truth",
            "'A':{'Type':'Choice','Choices':[{'Condition':'{% 1 %}','Next':'C'}]},'C':{'Type':'Succeed'}",
            "3",
            "! States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1"));
  }

  private static List<Row> variables() {
    String much = "{% $pad(\\u0027\\u0027, 200000, \\u0027x\\u0027) %}";
    return List.of(
        path(
            "Assign reads the old values",
            "'A':{'Type':'Pass','Assign':{'a':1,'b':2},'Next':'B'},'B':{'Type':'Pass','Assign':{'a.$':'$b','b.$':'$a'},'Next':'C'},'C':{'Type':'Pass','Parameters':{'a.$':'$a','b.$':'$b'},'End':true}",
            "1",
            "{'a':2,'b':1}"),
        jsonata(
            "Assign and Output do not see one another",
            "'A':{'Type':'Pass','Assign':{'a':1},'Next':'B'},'B':{'Type':'Pass','Assign':{'a':'{% $a + 1 %}'},'Output':'{% $a %}','Next':'C'},'C':{'Type':'Pass','Output':'{% [$states.input, $a] %}','End':true}",
            "1",
            "[1,2]"),
        path(
            "Assign of a task sees its result",
            "'A':{"
                + CALL
                + ",'Parameters':{'x':5},'ResultPath':null,'Assign':{'v.$':'$.x'},'Next':'B'},'B':{'Type':'Pass','Parameters':{'v.$':'$v'},'End':true}",
            "{}",
            "{'v':5}"),
        jsonata(
            "iterations have variables of their own",
            "'A':{'Type':'Pass','Assign':{'o':10},'Next':'M'},'M':{'Type':'Map','Items':[1,2],'ItemProcessor':{'StartAt':'B','States':{"
                + "'B':{'Type':'Pass','Assign':{'i':'{% $states.input + $o %}'},'Next':'C'},'C':{'Type':'Pass','Output':'{% $i %}','End':true}}},'Next':'D'},"
                + "'D':{'Type':'Pass','Output':'{% [$states.input, $o, $exists($i)] %}','End':true}",
            "1",
            "[11,12,10,false]"),
        jsonata(
            "all of one Assign has a limit",
            "'A':{'Type':'Pass','Output':1,'Assign':{'a':'"
                + much
                + "','b':'"
                + much
                + "'},'End':true}",
            "1",
            "! States.DataLimitExceeded"),
        jsonata("all variables have a limit", many(much), "1", "! States.DataLimitExceeded"));
  }

  /// States in a row, each with a large variable of its own.
  private static String many(String value) {
    StringBuilder states = new StringBuilder("'A':{'Type':'Pass','Next':'B0'}");
    for (int i = 0; i < 60; i++) {
      states.append(
          ",'B%d':{'Type':'Pass','Assign':{'v%d':'%s'},'Next':'B%d'}"
              .formatted(i, i, value, i + 1));
    }
    return states + ",'B60':{'Type':'Succeed'}";
  }

  private static List<Row> waits() {
    return List.of(
        path(
            "SecondsPath",
            "'A':{'Type':'Wait','SecondsPath':'$.s','End':true}",
            "{'s':3}",
            "{'s':3}"),
        path(
            "SecondsPath that finds nothing",
            "'A':{'Type':'Wait','SecondsPath':'$.none','End':true}",
            "{}",
            "! States.Runtime"),
        path(
            "TimestampPath",
            "'A':{'Type':'Wait','TimestampPath':'$.t','End':true}",
            "{'t':'2026-03-01T12:00:00+01:00'}",
            "{'t':'2026-03-01T12:00:00+01:00'}"),
        jsonata(
            "Seconds",
            "'A':{'Type':'Wait','Seconds':'{% 1 + 1 %}','Output':'w','End':true}",
            "1",
            "'w'"),
        jsonata(
            "Seconds below zero",
            "'A':{'Type':'Wait','Seconds':'{% -1 %}','End':true}",
            "1",
            "! States.QueryEvaluationError"),
        jsonata(
            "Seconds that are no number",
            "'A':{'Type':'Wait','Seconds':'{% $string(3) %}','End':true}",
            "1",
            "! States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$string(3)' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: \"3\""),
        jsonata(
            "TimeoutSeconds that are no number",
            "'A':{" + CALL + ",'TimeoutSeconds':'{% $string(3) %}','End':true}",
            "1",
            "! States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$string(3)' specified for the field 'TimeoutSeconds' returned an unexpected result type. Expected 'number', but was 'string' for value: \"3\""),
        jsonata(
            "TimeoutSeconds with a fraction",
            "'A':{" + CALL + ",'TimeoutSeconds':'{% 1.6 %}','End':true}",
            "1",
            "! States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at the event id #2). The TimeoutSeconds field cannot be parsed as an integer: 1.6"),
        jsonata(
            "HeartbeatSeconds below zero",
            "'A':{" + CALL + ",'HeartbeatSeconds':'{% -1 %}','End':true}",
            "1",
            "! States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at the event id #2). HeartbeatSeconds must be between 0 and 99999999 but was: -1"),
        jsonata(
            "a Timestamp that is over",
            "'A':{'Type':'Wait','Timestamp':'{% $states.input %}','End':true}",
            "'2020-01-01T00:00:00Z'",
            "'2020-01-01T00:00:00Z'"));
  }

  private static List<Row> fans() {
    return List.of(
        path(
            "ItemsPath, ItemSelector, MaxConcurrencyPath and ResultSelector",
            "'A':{'Type':'Map','ItemsPath':'$.l','MaxConcurrencyPath':'$.c','ItemSelector':{'i.$':'$$.Map.Item.Index','v.$':'$$.Map.Item.Value','o.$':'$.o'},'ItemProcessor':{'ProcessorConfig':{'Mode':'INLINE'},'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}},'ResultSelector':{'r.$':'$[*].v'},'ResultPath':'$.m','OutputPath':'$.m','End':true}",
            "{'l':['a','b'],'c':1,'o':7}",
            "{'r':['a','b']}"),
        path(
            "Iterator and Parameters as they were",
            "'A':{'Type':'Map','Parameters':{'v.$':'$$.Map.Item.Value'},'Iterator':{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}},'End':true}",
            "[1]",
            "[{'v':1}]"),
        path(
            "items that are none",
            "'A':{'Type':'Map','ItemsPath':'$.l','ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}},'End':true}",
            "{'l':1}",
            "! States.Runtime"),
        path(
            "no items",
            "'A':{'Type':'Map','ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}},'End':true}",
            "[]",
            "[]"),
        jsonata(
            "Items, ItemSelector and Output",
            "'A':{'Type':'Map','Items':'{% $states.input.l %}','MaxConcurrency':'{% 1 + 1 %}','ItemSelector':{'i':'{% $states.context.Map.Item.Index %}','v':'{% $states.context.Map.Item.Value %}'},'ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Pass','Output':'{% $states.input.v + $states.context.Map.Item.Index %}','End':true}}},'Output':{'s':'{% $sum($states.result) %}'},'End':true}",
            "{'l':[5,6]}",
            "{'s':12}"),
        path(
            "Parameters, ResultSelector and ResultPath of a Parallel",
            "'A':{'Type':'Parallel','Parameters':{'p.$':'$.a'},'Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}},{'StartAt':'C','States':{'C':{'Type':'Pass','Result':2,'End':true}}}],'ResultSelector':{'x.$':'$[0].p','y.$':'$[1]'},'ResultPath':'$.r','End':true}",
            "{'a':1}",
            "{'a':1,'r':{'x':1,'y':2}}"));
  }

  private static List<Row> failures() {
    return List.of(
        path("Error and Cause", "'A':{'Type':'Fail','Error':'E','Cause':'C'}", "{}", "! E: C"),
        path("neither", "'A':{'Type':'Fail'}", "{}", "! null: null"),
        path(
            "ErrorPath and CausePath with a function",
            "'A':{'Type':'Fail','ErrorPath':'$.e','CausePath':'States.Format(\\u0027no {}\\u0027, $.n)'}",
            "{'e':'Mine','n':4}",
            "! Mine: no 4"),
        jsonata(
            "Error and Cause as expressions",
            "'A':{'Type':'Fail','Error':'{% $states.input.e %}','Cause':'{% $string($states.input) %}'}",
            "{'e':'Mine'}",
            "! Mine: {\"e\":\"Mine\"}"),
        jsonata(
            "a Cause that is no text",
            "'A':{'Type':'Fail','Error':'E','Cause':'{% 1 %}'}",
            "{}",
            "! States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '1' specified for the field 'Cause' returned an unexpected result type. Expected 'string', but was 'number' for value: 1"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void doesWhatItsFieldsSay(Row row) {
    World world =
        new World(
                "{\"QueryLanguage\":\"%s\",\"StartAt\":\"A\",\"States\":{%s}}"
                    .formatted(row.language(), row.states().replace('\'', '"')),
                row.input().replace('\'', '"'))
            .anyTask(call -> new Command.TaskSucceeded(call.task(), call.arguments()));

    world.run();

    if (row.ends().startsWith("! ")) {
      assertThat("! " + world.execution.error() + ": " + world.execution.cause())
          .startsWith(row.ends());
    } else {
      assertThat(world.output()).isEqualTo(row.ends().replace('\'', '"'));
    }
  }

  /// Which names a retrier or catcher answers to.
  @Test
  void errorsMatchAsAwsHasThem() {
    Map<String, List<String>> caught =
        Map.of(
            "Mine", List.of("Mine", "States.ALL", "States.TaskFailed"),
            "States.Timeout", List.of("States.Timeout", "States.ALL"),
            "States.Permissions", List.of("States.Permissions", "States.ALL", "States.TaskFailed"),
            "States.DataLimitExceeded", List.of("States.DataLimitExceeded"),
            "States.Runtime", List.of());
    for (String thrown : caught.keySet()) {
      for (String wanted :
          List.of(
              "Mine",
              "mine",
              "States.ALL",
              "States.TaskFailed",
              "States.Timeout",
              "States.Permissions",
              "States.DataLimitExceeded",
              "States.Runtime")) {
        World world =
            new World(
                ("{'StartAt':'A','States':{'A':{"
                        + CALL
                        + ",'Catch':[{'ErrorEquals':['"
                        + wanted
                        + "'],'Next':'B'}],'Next':'C'},'B':{'Type':'Pass','Result':'caught','End':true},'C':{'Type':'Succeed'}}}")
                    .replace('\'', '"'),
                "{}");
        world.throwing("A", thrown, "why").run();

        assertThat(world.types().contains("PassStateEntered"))
            .as(wanted + " catches " + thrown)
            .isEqualTo(caught.getOrDefault(thrown, List.of()).contains(wanted));
      }
    }
  }

  @Test
  void everyRetrierCountsItsOwnAttempts() {
    int[] calls = new int[1];
    World world =
        new World(
            ("{'StartAt':'A','States':{'A':{"
                    + CALL
                    + ",'Retry':[{'ErrorEquals':['X'],'IntervalSeconds':1,'BackoffRate':1,'MaxAttempts':2},"
                    + "{'ErrorEquals':['Y'],'IntervalSeconds':10,'MaxDelaySeconds':15,'MaxAttempts':3},"
                    + "{'ErrorEquals':['Never'],'MaxAttempts':0}],'End':true}}}")
                .replace('\'', '"'),
            "{}");
    String errors = "XYXYYX";
    world
        .task("A", call -> World.failed(call, errors.substring(calls[0], ++calls[0]), "why"))
        .run();

    // X 1, Y 10, X 1, Y 15 (20 capped), Y 15 (40 capped), and the third X is one too many
    assertThat(calls[0]).isEqualTo(6);
    assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(42));
    assertThat(world.execution.error()).isEqualTo("X");
  }

  @Test
  void fullJitterDrawsBelowTheDelay() {
    World world =
        new World(
                ("{'StartAt':'A','States':{'A':{"
                        + CALL
                        + ",'Retry':[{'ErrorEquals':['States.ALL'],'IntervalSeconds':100,'BackoffRate':1,'MaxAttempts':20,'JitterStrategy':'FULL'}],'End':true}}}")
                    .replace('\'', '"'),
                "{}")
            .throwing("A", "X", "why");

    world.run();

    assertThat(world.calls).hasSize(21);
    assertThat(world.elapsed()).isBetween(Duration.ofSeconds(500), Duration.ofSeconds(1_500));
  }

  @Test
  void catcherShapesItsOutputAndItsOwnFaultIsNotCaught() {
    World world =
        new World(
                ("{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{"
                        + CALL
                        + ",'Catch':[{'ErrorEquals':['X'],'Output':{'e':'{% $states.errorOutput.Error %}','i':'{% $states.input %}'},'Assign':{'c':'{% $states.errorOutput.Cause %}'},'Next':'B'}],'End':true},"
                        + "'B':{"
                        + CALL
                        + ",'Catch':[{'ErrorEquals':['States.ALL'],'Output':'{% $none %}','Next':'B'}],'End':true}}}")
                    .replace('\'', '"'),
                "5")
            .throwing("A", "X", "why")
            .throwing("B", "Y", "why not");

    world.run();

    assertThat(world.calls.getLast().arguments()).hasToString("{\"e\":\"X\",\"i\":5}");
    assertThat(world.types()).endsWith("TaskFailed", "EvaluationFailed", "ExecutionFailed");
    assertThat(world.execution.error()).isEqualTo("States.QueryEvaluationError");
    assertThat(world.execution.cause())
        .startsWith("An error occurred while executing the state 'B' (entered at the event id #")
        .endsWith("specified for the field 'Catch[0]/Output' returned nothing (undefined).");
  }

  @Test
  void timeoutsAndCredentialsAreEvaluated() {
    World paths =
        new World(
            ("{'StartAt':'A','States':{'A':{"
                    + CALL
                    + ",'TimeoutSecondsPath':'$.t','HeartbeatSecondsPath':'$.h','Credentials':{'RoleArn.$':'$.r'},'End':true}}}")
                .replace('\'', '"'),
            "{\"t\":99999999,\"h\":10,\"r\":\"arn:r\"}");
    World jsonata =
        new World(
            ("{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{"
                    + CALL
                    + ",'TimeoutSeconds':'{% $states.input.t %}','HeartbeatSeconds':'{% 5 + 5 %}','Credentials':{'RoleArn':'{% $states.input.r %}'},'End':true}}}")
                .replace('\'', '"'),
            "{\"t\":99999999,\"h\":10,\"r\":\"arn:r\"}");
    for (World world : List.of(paths, jsonata)) {
      world.send(new Command.StartExecution());

      assertThat(world.events())
          .extracting(Fact.HistoryEvent::details)
          .filteredOn(Details.TaskScheduled.class::isInstance)
          .singleElement()
          .satisfies(
              details -> {
                Details.TaskScheduled task = (Details.TaskScheduled) details;
                assertThat(task.timeoutSeconds()).isEqualTo(99_999_999);
                assertThat(task.heartbeatSeconds()).isEqualTo(10);
                assertThat(task.credentials()).hasToString("{\"RoleArn\":\"arn:r\"}");
              });
    }
  }
}
