package io.gradus.bench.chaos;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What runs while faults happen: tasks in a row with a retry, a Wait beside them, a Map, inline or
/// a Map Run, an activity, a child execution, a task that fails until it is redriven, and a
/// callback at the end. Everything is a function of the input, so the right output of each
/// execution is known beforehand ([ScenarioOracle]).
final class Scenario {
  static final String MACHINE = "chaos";
  static final String CHILD = "chaos-child";
  static final String ACTIVITY = "chaos-hand";

  /// A Wait of so many seconds has a row of its own in the database.
  static final int FAR_SECONDS = 61;

  /// Names an attempt as the worker knows it; `%s` is the state.
  private static final String KEY =
      "{% $states.context.Execution.Id & '|%s|' & $states.context.Execution.RedriveCount & '.' & $states.context.State.RetryCount %}";

  private static final String CHILD_TEXT =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
          "Arguments": {"FunctionName": "work", "Payload": {"key": "$key(Work)", "n": "{% $states.input.n %}"}},
          "Output": "{% {'twice': $states.result.Payload.twice} %}"}}}""";

  private static final String TEXT =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {
        "Both": {"Type": "Parallel", "Next": "Family", "Branches": [
          {"StartAt": "First", "States": {
            "First": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Second",
              "Arguments": {"FunctionName": "work", "Payload": {"key": "$key(First)",
                "n": "{% $states.input.n %}",
                "fails": "{% $states.input.flaky and $states.context.State.RetryCount = 0 %}"}},
              "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 1}],
              "Output": "{% $states.result.Payload.twice %}"},
            "Second": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
              "Arguments": {"FunctionName": "work", "Payload": {"key": "$key(Second)", "n": "{% $states.input %}"}},
              "Output": "{% $states.result.Payload.twice %}"}}},
          {"StartAt": "Nap", "States": {
            "Nap": {"Type": "Wait", "Seconds": "{% $states.input.nap %}", "Output": "{% $states.input.n %}", "End": true}}},
          {"StartAt": "How", "States": {
            "How": {"Type": "Choice", "Default": "Each", "Choices": [
              {"Condition": "{% $states.input.run = 'STANDARD' %}", "Next": "Standard"},
              {"Condition": "{% $states.input.run = 'EXPRESS' %}", "Next": "Express"}]},
            "Standard": ${run:STANDARD:Durable},
            "Express": ${run:EXPRESS:Quick},
            "Each": {"Type": "Map", "Items": "{% $states.input.items %}", "MaxConcurrency": 5, "End": true,
              "ItemSelector": {"item": "{% $states.context.Map.Item.Value %}", "index": "{% $states.context.Map.Item.Index %}"},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Item", "States": {
                "Item": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                  "Arguments": {"FunctionName": "work", "Payload": {
                    "key": "{% $states.context.Execution.Id & '|Item' & $states.input.index & '|' & $states.context.Execution.RedriveCount & '.' & $states.context.State.RetryCount %}",
                    "n": "{% $states.input.item %}"}},
                  "Output": "{% $states.result.Payload.twice %}"}}}}}},
          {"StartAt": "Handy", "States": {
            "Handy": {"Type": "Choice", "Default": "NoHand",
              "Choices": [{"Condition": "{% $states.input.hand %}", "Next": "Hand"}]},
            "NoHand": {"Type": "Pass", "Output": "{% 2 * $states.input.n %}", "End": true},
            "Hand": {"Type": "Task", "Resource": "${activity}", "End": true, "TimeoutSeconds": 15,
              "Arguments": {"key": "$key(Hand)", "n": "{% $states.input.n %}"},
              "Retry": [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 50, "BackoffRate": 1}],
              "Output": "{% $states.result.twice %}"}}}],
          "Assign": {"n": "{% $states.context.Execution.Input.n %}"},
          "Output": "{% {'both': $states.result, 'child': $states.context.Execution.Input.child, 'frail': $states.context.Execution.Input.frail} %}"},
        "Family": {"Type": "Choice", "Default": "Strong",
          "Choices": [{"Condition": "{% $states.input.child %}", "Next": "Child"}]},
        "Child": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Next": "Strong",
          "Arguments": {"StateMachineArn": "${child}", "Input": {"n": "{% $n %}"}},
          "Output": "{% $merge([$states.input, {'kid': $states.result.Output.twice}]) %}"},
        "Strong": {"Type": "Choice", "Default": "Ask",
          "Choices": [{"Condition": "{% $states.input.frail %}", "Next": "Frail"}]},
        "Frail": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Ask",
          "Arguments": {"FunctionName": "work", "Payload": {"key": "$key(Frail)", "n": "{% $n %}",
            "fails": "{% $states.context.Execution.RedriveCount = 0 %}"}},
          "Output": "{% $states.input %}"},
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "End": true,
          "Arguments": {"FunctionName": "ask", "Payload": {"key": "$key(Ask)",
            "n": "{% $n %}", "token": "{% $states.context.Task.Token %}"}},
          "Output": "{% $merge([$states.input, {'answer': $states.result.for}]) %}"}}}""";

  /// A distributed Map: its items are executions of their own.
  private static final String RUN =
      """
      {"Type": "Map", "Items": "{% $states.input.items %}", "MaxConcurrency": 5, "End": true,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "#type"}, "StartAt": "#state",
          "States": {"#state": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
            "Arguments": {"FunctionName": "work", "Payload": {"key": "$key(#state)", "n": "{% $states.input %}"}},
            "Output": "{% $states.result.Payload.twice %}"}}}}""";

  private Scenario() {}

  static String child() {
    return keyed(CHILD_TEXT);
  }

  static String definition(String childArn, String activityArn) {
    return keyed(
            TEXT.replace("${run:STANDARD:Durable}", run("STANDARD", "Durable"))
                .replace("${run:EXPRESS:Quick}", run("EXPRESS", "Quick")))
        .replace("${child}", childArn)
        .replace("${activity}", activityArn);
  }

  private static String run(String type, String state) {
    return RUN.replace("#type", type).replace("#state", state);
  }

  private static String keyed(String text) {
    String keyed = text;
    for (String state :
        new String[] {"Work", "First", "Second", "Hand", "Frail", "Ask", "Durable", "Quick"}) {
      keyed = keyed.replace("$key(" + state + ")", KEY.replace("%s", state));
    }
    return keyed;
  }

  /// The input of the execution of that number, the same in every run.
  ///
  /// @param far whether its Wait is a long one
  static ObjectNode input(int n, boolean far) {
    Random random = new Random(n);
    ObjectNode input = JsonMapper.shared().createObjectNode();
    input.put("n", n);
    input.put("nap", (far ? FAR_SECONDS : 1) + random.nextInt(3));
    input.put("flaky", random.nextInt(4) == 0);
    input.put("child", random.nextInt(3) == 0);
    input.put("hand", random.nextInt(4) == 0);
    input.put("frail", random.nextInt(10) == 0);
    var items = input.putArray("items");
    int wide = random.nextInt(20) == 0 ? 40 : random.nextInt(6);
    for (int i = 0; i < wide; i++) {
      items.add(random.nextInt(1_000));
    }
    input.put("run", List.of("STANDARD", "EXPRESS", "NONE").get(random.nextInt(3)));
    return input;
  }
}
