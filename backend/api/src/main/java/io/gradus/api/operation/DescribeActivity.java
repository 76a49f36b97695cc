package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.activity.Activity;
import io.gradus.service.activity.ActivityService;
import java.time.Instant;

/// Shows an activity.
public final class DescribeActivity
    implements Operation<DescribeActivity.Request, DescribeActivity.Answer> {
  private final ActivityService activities;

  /// Looks among these activities.
  public DescribeActivity(ActivityService activities) {
    this.activities = activities;
  }

  /// What is asked.
  public record Request(@Member(required = true, min = 1, max = Limits.ARN) String activityArn) {}

  /// What is answered.
  public record Answer(
      String activityArn, String name, Instant creationDate, Encryption encryptionConfiguration) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Activity found = activities.describe(caller, request.activityArn);
    return new Answer(
        found.arn(), found.name(), found.createdAt(), Encryption.of(found.encryption()));
  }
}
