package io.gradus.bench;

import io.gradus.asl.parse.DefinitionParser;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.LogLevel;
import io.gradus.runtime.Machine;
import java.util.Objects;
import java.util.UUID;

/// The state machines that are run.
final class Machines {
  /// Task states that are counted; one more ends the row.
  static final int STEPS = 10;

  /// The state whose call says that ten steps are durable.
  static final String LAST = "S" + STEPS;

  /// What holds where AWS's limits do not.
  private static final ExecutionInfo.Limits LIFTED =
      ExecutionInfo.Limits.lifted(ExecutionInfo.Limits.LIFTED_PAYLOAD_BYTES);

  private Machines() {}

  /// Ten durable task steps in a row, and a last one.
  ///
  /// @param lifted whether AWS's limits do not hold
  /// @param logs what is logged of its executions
  static Machine tenSteps(boolean lifted, LogLevel logs) {
    StringBuilder json = new StringBuilder("{\"StartAt\":\"S0\",\"States\":{");
    for (int i = 0; i <= STEPS; i++) {
      json.append(i > 0 ? "," : "")
          .append("\"S")
          .append(i)
          .append(
              "\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":"
                  + "{\"FunctionName\":\"noop\",\"n.$\":\"$.n\"},\"ResultPath\":\"$.r\",")
          .append(i < STEPS ? "\"Next\":\"S" + (i + 1) + "\"}" : "\"End\":true}");
    }
    return of(
        "ten-steps",
        json.append("}}").toString(),
        lifted ? LIFTED : ExecutionInfo.Limits.AWS,
        logs);
  }

  /// A Map with one task per item, and then the task `Done`.
  ///
  /// @param mode `INLINE` or `DISTRIBUTED`
  static Machine map(String mode) {
    String config =
        mode.equals("INLINE")
            ? "{\"Mode\":\"INLINE\"}"
            : "{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"}";
    // AWS ends a history at 25,000 events: 10,000 items have 70,000, so no limit holds here.
    return of(
        "map-" + mode.toLowerCase(java.util.Locale.ROOT),
        """
        {"StartAt": "All", "States": {"All": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": {
          "ProcessorConfig": %s, "StartAt": "One", "States": {"One": {"Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "noop", "n.$": "$"},
            "End": true}}}, "ResultPath": null, "Next": "Done"},
          "Done": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "noop"},
            "End": true}}}"""
            .formatted(config),
        LIFTED);
  }

  /// A distributed Map with one task per item, whose items are read and whose results are written,
  /// and then the task `Done`.
  ///
  /// @param type `STANDARD` or `EXPRESS`
  /// @param items how many are read
  /// @param batch how many of them a child has
  static Machine mapRun(String type, int items, int batch) {
    return of(
        "map-run-" + type.toLowerCase(java.util.Locale.ROOT) + "-" + items,
        """
        {"StartAt": "All", "States": {"All": {"Type": "Map",
          "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
            "Parameters": {"Count": %d}},
          "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "bench"}}, %s
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
            "StartAt": "One", "States": {"One": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "noop", "n.$": "$"}, "End": true}}},
          "ResultPath": null, "Next": "Done"},
          "Done": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "noop"},
            "End": true}}}"""
            .formatted(
                items,
                batch == 1 ? "" : "\"ItemBatcher\": {\"MaxItemsPerBatch\": " + batch + "},",
                type),
        ExecutionInfo.Limits.AWS);
  }

  /// Waits for so many seconds.
  static Machine wait(int seconds) {
    return of(
        "wait-" + seconds,
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":%d,\"End\":true}}}"
            .formatted(seconds),
        ExecutionInfo.Limits.AWS);
  }

  /// Waits until the moment that `$.at` names.
  static Machine waitUntil() {
    return of(
        "wait-until",
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"TimestampPath\":\"$.at\",\"End\":true}}}",
        ExecutionInfo.Limits.AWS);
  }

  private static Machine of(String name, String json, ExecutionInfo.Limits limits) {
    return of(name, json, limits, LogLevel.OFF);
  }

  private static Machine of(String name, String json, ExecutionInfo.Limits limits, LogLevel logs) {
    var parsed = DefinitionParser.parse(json);
    return new Machine(
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        new UUID(1, 2),
        "arn:aws:states:us-east-1:000000000000:stateMachine:" + name,
        name,
        "arn:aws:iam::000000000000:role/bench",
        null,
        null,
        false,
        Objects.requireNonNull(
            parsed.definition(), () -> "expected a definition, found " + parsed.diagnostics()),
        limits,
        logs);
  }
}
