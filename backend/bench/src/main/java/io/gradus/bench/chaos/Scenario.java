package io.gradus.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What runs while faults happen, and what has to come out of it: tasks in a row with a retry, a
/// Wait beside them, a Map, a child execution, and a callback at the end. Everything is a function
/// of the input, so the right output of each execution is known beforehand.
final class Scenario {
  static final String MACHINE = "chaos";
  static final String CHILD = "chaos-child";

  /// How long a retrier waits in the definition, in seconds.
  static final int RETRY_SECONDS = 1;

  static final String CHILD_DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
          "Arguments": {"FunctionName": "work", "Payload": {
            "key": "{% $states.context.Execution.Id & '|Work|' & $states.context.State.RetryCount %}",
            "n": "{% $states.input.n %}"}},
          "Output": "{% {'twice': $states.result.Payload.twice} %}"}}}""";

  static final String DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {
        "Both": {"Type": "Parallel", "Next": "Family", "Branches": [
          {"StartAt": "First", "States": {
            "First": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Second",
              "Arguments": {"FunctionName": "work", "Payload": {
                "key": "{% $states.context.Execution.Id & '|First|' & $states.context.State.RetryCount %}",
                "n": "{% $states.input.n %}",
                "fails": "{% $states.input.flaky and $states.context.State.RetryCount = 0 %}"}},
              "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 1}],
              "Output": "{% $states.result.Payload.twice %}"},
            "Second": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
              "Arguments": {"FunctionName": "work", "Payload": {
                "key": "{% $states.context.Execution.Id & '|Second|' & $states.context.State.RetryCount %}",
                "n": "{% $states.input %}"}},
              "Output": "{% $states.result.Payload.twice %}"}}},
          {"StartAt": "Nap", "States": {
            "Nap": {"Type": "Wait", "Seconds": "{% $states.input.nap %}", "Output": "{% $states.input.n %}", "End": true}}},
          {"StartAt": "Each", "States": {
            "Each": {"Type": "Map", "Items": "{% $states.input.items %}", "MaxConcurrency": 5, "End": true,
              "ItemSelector": {"item": "{% $states.context.Map.Item.Value %}", "index": "{% $states.context.Map.Item.Index %}"},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Item", "States": {
                "Item": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                  "Arguments": {"FunctionName": "work", "Payload": {
                    "key": "{% $states.context.Execution.Id & '|Item' & $states.input.index & '|' & $states.context.State.RetryCount %}",
                    "n": "{% $states.input.item %}"}},
                  "Output": "{% $states.result.Payload.twice %}"}}}}}}],
          "Assign": {"n": "{% $states.context.Execution.Input.n %}"},
          "Output": "{% {'both': $states.result, 'child': $states.context.Execution.Input.child} %}"},
        "Family": {"Type": "Choice", "Default": "Ask",
          "Choices": [{"Condition": "{% $states.input.child %}", "Next": "Child"}]},
        "Child": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Next": "Ask",
          "Arguments": {"StateMachineArn": "${child}", "Input": {"n": "{% $n %}"}},
          "Output": "{% $merge([$states.input, {'kid': $states.result.Output.twice}]) %}"},
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "End": true,
          "Arguments": {"FunctionName": "ask", "Payload": {
            "key": "{% $states.context.Execution.Id & '|Ask|' & $states.context.State.RetryCount %}",
            "n": "{% $n %}", "token": "{% $states.context.Task.Token %}"}},
          "Output": "{% $merge([$states.input, {'answer': $states.result.for}]) %}"}}}""";

  private Scenario() {}

  /// The input of the execution of that number, the same in every run.
  static ObjectNode input(int n) {
    Random random = new Random(n);
    ObjectNode input = JsonMapper.shared().createObjectNode();
    input.put("n", n);
    input.put("nap", 1 + random.nextInt(3));
    input.put("flaky", random.nextInt(4) == 0);
    input.put("child", random.nextInt(3) == 0);
    var items = input.putArray("items");
    int wide = random.nextInt(20) == 0 ? 40 : random.nextInt(6);
    for (int i = 0; i < wide; i++) {
      items.add(random.nextInt(1_000));
    }
    return input;
  }

  /// What an execution with that input has to answer; empty where it answers so.
  static List<String> differences(JsonNode input, JsonNode output) {
    int n = input.get("n").intValue();
    List<String> wrong = new ArrayList<>();
    expect(wrong, "both[0]", 4 * n, output.at("/both/0"));
    expect(wrong, "both[1]", n, output.at("/both/1"));
    JsonNode items = input.get("items");
    expect(wrong, "items", items.size(), output.at("/both/2").size());
    for (int i = 0; i < items.size(); i++) {
      expect(wrong, "item " + i, 2 * items.get(i).intValue(), output.at("/both/2/" + i));
    }
    if (input.get("child").booleanValue()) {
      expect(wrong, "kid", 2 * n, output.path("kid"));
    }
    expect(wrong, "answer", n, output.path("answer"));
    return wrong;
  }

  private static void expect(List<String> wrong, String what, int expected, JsonNode found) {
    if (!found.isNumber()) {
      wrong.add("expected " + what + " to be " + expected + ", found " + found);
    } else {
      expect(wrong, what, expected, found.intValue());
    }
  }

  private static void expect(List<String> wrong, String what, int expected, int found) {
    if (expected != found) {
      wrong.add("expected " + what + " to be " + expected + ", found " + found);
    }
  }
}
