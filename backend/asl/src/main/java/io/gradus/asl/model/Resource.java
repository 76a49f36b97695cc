package io.gradus.asl.model;

/// The resource ARN of a Task, as written.
public record Resource(String arn) {
  private static final String APPROVAL = "approval:request.waitForTaskToken";

  /// How the state waits for the work it starts.
  public enum Pattern {
    REQUEST_RESPONSE,
    SYNC,
    WAIT_FOR_TASK_TOKEN
  }

  public Pattern pattern() {
    if (arn.endsWith(".waitForTaskToken")) {
      return Pattern.WAIT_FOR_TASK_TOKEN;
    }
    return arn.endsWith(".sync") || arn.endsWith(".sync:2")
        ? Pattern.SYNC
        : Pattern.REQUEST_RESPONSE;
  }

  /// Whether this is an activity (`arn:aws:states:<region>:<account>:activity:<name>`).
  public boolean isActivity() {
    return isA(":states:", ":activity:");
  }

  /// Whether a person decides this task (`arn:aws:states:::approval:request.waitForTaskToken`).
  public boolean isApproval() {
    return arn.endsWith(APPROVAL) && integration().equals(APPROVAL);
  }

  /// Whether this is a bare Lambda function ARN (its events are the `LambdaFunction…` family).
  public boolean isLambdaFunction() {
    return isA(":lambda:", ":function:");
  }

  /// The service part of an integration (`lambda` of `arn:aws:states:::lambda:invoke`, `aws-sdk:s3`
  /// of `arn:aws:states:::aws-sdk:s3:getObject`), as AWS's `resourceType`.
  public String resourceType() {
    String rest = integration();
    int last = rest.lastIndexOf(':', rest.endsWith(".sync:2") ? rest.length() - 3 : rest.length());
    return last < 0 ? rest : rest.substring(0, last);
  }

  /// The action part with its pattern (`invoke`, `startExecution.sync:2`), as AWS's `resource`.
  public String action() {
    String rest = integration();
    String type = resourceType();
    return rest.length() > type.length() ? rest.substring(type.length() + 1) : rest;
  }

  private String integration() {
    int last = colon(5);
    return last < 0 ? arn : arn.substring(last + 1);
  }

  /// Whether the third and the sixth part of the ARN are these. Asked several times for each step,
  /// so nothing is cut out of it.
  private boolean isA(String service, String kind) {
    int second = colon(2);
    int fifth = colon(5);
    return second >= 0
        && fifth >= 0
        && arn.startsWith(service, second)
        && arn.startsWith(kind, fifth);
  }

  /// Where the n-th colon is; -1 where there are fewer.
  private int colon(int n) {
    int at = -1;
    for (int i = 0; i < n; i++) {
      at = arn.indexOf(':', at + 1);
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  @Override
  public String toString() {
    return arn;
  }
}
