package io.gradus.engine;

import io.gradus.asl.model.Resource;

/// What a task's events say about its resource.
///
/// @param type AWS's `resourceType` (`lambda`); for functions and activities unused by the wire
/// @param resource AWS's `resource` (`invoke`, `startExecution.sync:2`), or the ARN itself for
///   functions and activities
public record TaskResource(Family family, String type, String resource) {
  /// Which family of events the task has.
  public enum Family {
    LAMBDA_FUNCTION("LambdaFunction"),
    ACTIVITY("Activity"),
    TASK("Task");

    private final String prefix;

    Family(String prefix) {
      this.prefix = prefix;
    }

    /// What its event names begin with.
    public String prefix() {
      return prefix;
    }
  }

  public static TaskResource of(Resource resource) {
    if (resource.isLambdaFunction()) {
      return new TaskResource(Family.LAMBDA_FUNCTION, "lambda", resource.arn());
    }
    if (resource.isActivity()) {
      return new TaskResource(Family.ACTIVITY, "activity", resource.arn());
    }
    return new TaskResource(Family.TASK, resource.resourceType(), resource.action());
  }
}
