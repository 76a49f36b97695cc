package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.activity.Activity;
import io.gradus.service.activity.ActivityService;
import org.jspecify.annotations.Nullable;

/// Hands a worker a task of an activity, waiting for one up to 60 seconds; an answer without a
/// token says that none came.
public final class GetActivityTask
    implements Operation<GetActivityTask.Request, GetActivityTask.Answer> {
  private final ActivityService activities;

  /// Serves the workers of these activities.
  public GetActivityTask(ActivityService activities) {
    this.activities = activities;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String activityArn,
      @Member(min = 1, max = Limits.NAME) @Nullable String workerName) {}

  /// What is answered.
  public record Answer(@Nullable String taskToken, @Nullable String input) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    return activities
        .poll(caller, request.activityArn, request.workerName)
        .map((Activity.Task task) -> new Answer(task.token(), task.input()))
        .orElseGet(() -> new Answer(null, null));
  }
}
