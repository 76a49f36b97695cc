package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.activity.ActivityService;

/// Deletes an activity; one that is not there is as good as deleted.
public final class DeleteActivity implements Operation<DeleteActivity.Request, Operation.Nothing> {
  private final ActivityService activities;

  /// Deletes among these activities.
  public DeleteActivity(ActivityService activities) {
    this.activities = activities;
  }

  /// What is asked.
  public record Request(@Member(required = true, min = 1, max = Limits.ARN) String activityArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    activities.delete(caller, request.activityArn);
    return new Nothing();
  }
}
