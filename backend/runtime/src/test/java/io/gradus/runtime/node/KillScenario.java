package io.gradus.runtime.node;

import java.util.Random;

/// What runs while its node is killed: tasks in a row with retries, a Wait beside them, a Map whose
/// frames are rows where it is wide, a child, and a callback at the end.
final class KillScenario {
  static final String MACHINE = "kill";
  static final String CHILD = "kill-child";

  static final String CHILD_DEFINITION =
      """
      {"StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work", "End": true}}}""";

  static final String DEFINITION =
      """
      {"StartAt": "Both", "States": {
        "Both": {"Type": "Parallel", "ResultPath": "$.both", "Next": "Family", "Branches": [
          {"StartAt": "First", "States": {
            "First": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work",
              "Parameters": {"n.$": "$.n", "flaky.$": "$.flaky"},
              "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 3}], "Next": "Second"},
            "Second": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work",
              "Parameters": {"n.$": "$.twice"}, "OutputPath": "$.twice", "End": true}}},
          {"StartAt": "Nap", "States": {
            "Nap": {"Type": "Wait", "SecondsPath": "$.nap", "OutputPath": "$.n", "End": true}}},
          {"StartAt": "Each", "States": {
            "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 5, "End": true,
              "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Item", "States": {
                "Item": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work",
                  "Parameters": {"n.$": "$"}, "OutputPath": "$.twice", "End": true}}}}}}]},
        "Family": {"Type": "Choice", "Choices": [
          {"Variable": "$.child", "BooleanEquals": true, "Next": "Kid"}], "Default": "Ask"},
        "Kid": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
          "Parameters": {"n.$": "$.n"}, "ResultSelector": {"twice.$": "$.Output.twice"}, "ResultPath": "$.kid",
          "Next": "Ask"},
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Parameters": {"n.$": "$.n", "token.$": "$$.Task.Token"}, "ResultPath": "$.answer", "End": true}}}""";

  private KillScenario() {}

  /// The input of one execution, drawn by its number.
  static String input(int n) {
    Random random = new Random(n);
    int items = random.nextInt(8) == 0 ? 18 : 2;
    var list = new StringBuilder();
    for (int i = 0; i < items; i++) {
      list.append(i == 0 ? "" : ",").append(n + i);
    }
    return "{\"n\":%d,\"nap\":%d,\"flaky\":%b,\"child\":%b,\"items\":[%s]}"
        .formatted(n, 2 + random.nextInt(3), random.nextInt(6) == 0, random.nextInt(5) == 0, list);
  }
}
