package io.gradus.asl.model;

/// The resource ARN of a Task, as written.
public record Resource(String arn) {
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
    String[] parts = arn.split(":", 7);
    return parts.length == 7 && parts[2].equals("states") && parts[5].equals("activity");
  }

  /// Whether a person decides this task (`arn:aws:states:::approval:request.waitForTaskToken`).
  public boolean isApproval() {
    return resourceType().equals("approval") && action().equals("request.waitForTaskToken");
  }

  /// Whether this is a bare Lambda function ARN (its events are the `LambdaFunction…` family).
  public boolean isLambdaFunction() {
    String[] parts = arn.split(":", 7);
    return parts.length == 7 && parts[2].equals("lambda") && parts[5].equals("function");
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
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[5] : arn;
  }

  @Override
  public String toString() {
    return arn;
  }
}
