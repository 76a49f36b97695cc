package io.gradus.service.limit;

import io.gradus.service.limit.Rates.Bucket;
import java.util.Map;
import java.util.Set;

/// The buckets that AWS gives an account for each operation, as its documentation lists them.
final class AwsRates {
  static final String START = "StartExecution";

  /// No operation: starts of Express executions, which AWS counts apart.
  static final String START_EXPRESS = "StartExecution of EXPRESS";

  private static final Set<String> LARGE = Set.of("us-east-1", "us-west-2", "eu-west-1");
  private static final Bucket OTHERS = new Bucket(100, 1);
  private static final Map<String, Bucket> BUCKETS =
      Map.ofEntries(
          Map.entry("CreateActivity", new Bucket(100, 1)),
          Map.entry("CreateStateMachine", new Bucket(100, 1)),
          Map.entry("DescribeActivity", new Bucket(200, 1)),
          Map.entry("DescribeExecution", new Bucket(300, 15)),
          Map.entry("DescribeMapRun", new Bucket(200, 1)),
          Map.entry("DescribeStateMachine", new Bucket(200, 20)),
          Map.entry("DescribeStateMachineForExecution", new Bucket(200, 1)),
          Map.entry("GetActivityTask", new Bucket(3_000, 500)),
          Map.entry("GetExecutionHistory", new Bucket(400, 20)),
          Map.entry("ListActivities", new Bucket(100, 10)),
          Map.entry("ListExecutions", new Bucket(200, 5)),
          Map.entry("ListStateMachines", new Bucket(100, 5)),
          Map.entry("SendTaskFailure", new Bucket(3_000, 500)),
          Map.entry("SendTaskHeartbeat", new Bucket(3_000, 500)),
          Map.entry("SendTaskSuccess", new Bucket(3_000, 500)),
          Map.entry(START_EXPRESS, new Bucket(6_000, 6_000)),
          Map.entry("StartSyncExecution", new Bucket(6_000, 6_000)),
          Map.entry("StopExecution", new Bucket(1_000, 200)),
          Map.entry("TagResource", new Bucket(200, 1)),
          Map.entry("UntagResource", new Bucket(200, 1)),
          Map.entry("UpdateStateMachine", new Bucket(100, 1)));

  private final Bucket starts;

  AwsRates(String region) {
    this.starts = LARGE.contains(region) ? new Bucket(1_300, 300) : new Bucket(800, 150);
  }

  Bucket bucket(String operation) {
    return switch (operation) {
      case START, "RedriveExecution" -> starts;
      default -> BUCKETS.getOrDefault(operation, OTHERS);
    };
  }
}
