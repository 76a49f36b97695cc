package io.gradus.runtime.node;

import java.util.List;
import java.util.Random;

/// What runs while its node is killed: tasks in a row with retries, a Wait beside them, a Map whose
/// frames are rows where it is wide, a child, a Map Run whose children are Standard or Express, and
/// a callback at the end.
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
          {"Variable": "$.child", "BooleanEquals": true, "Next": "Kid"}], "Default": "How"},
        "Kid": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
          "Parameters": {"n.$": "$.n"}, "ResultSelector": {"twice.$": "$.Output.twice"}, "ResultPath": "$.kid",
          "Next": "How"},
        "How": {"Type": "Choice", "Choices": [
          {"Variable": "$.run", "StringEquals": "STANDARD", "Next": "Standard"},
          {"Variable": "$.run", "StringEquals": "EXPRESS", "Next": "Express"}], "Default": "Ask"},
        "Standard": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 3, "ResultPath": "$.run", "Next": "Ask",
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Durable", "States": {
              "Durable": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work",
                "Parameters": {"n.$": "$"}, "OutputPath": "$.twice", "End": true}}}},
        "Express": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 3, "ResultPath": "$.run", "Next": "Ask",
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
            "StartAt": "Quick", "States": {
              "Quick": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work",
                "Parameters": {"n.$": "$"}, "OutputPath": "$.twice", "End": true}}}},
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
    int nap = 2 + random.nextInt(3);
    boolean flaky = random.nextInt(6) == 0;
    boolean child = random.nextInt(5) == 0;
    String run = List.of("STANDARD", "EXPRESS", "NONE", "NONE").get(random.nextInt(4));
    return "{\"n\":%d,\"nap\":%d,\"flaky\":%b,\"child\":%b,\"items\":[%s],\"run\":\"%s\"}"
        .formatted(n, nap, flaky, child, list, run);
  }
}
