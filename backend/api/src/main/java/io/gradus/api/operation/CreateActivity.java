package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.activity.Activity;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.definition.EncryptionConfiguration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an activity; one of that name that is there already is answered as made.
public final class CreateActivity
    implements Operation<CreateActivity.Request, CreateActivity.Answer> {
  private final ActivityService activities;

  /// Creates among these activities.
  public CreateActivity(ActivityService activities) {
    this.activities = activities;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.NAME) String name,
      @Nullable List<Tag> tags,
      @Nullable Encryption encryptionConfiguration) {}

  /// What is answered.
  public record Answer(String activityArn, Instant creationDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    EncryptionConfiguration encryption = Encryption.read(request.encryptionConfiguration);
    Activity made =
        activities.create(
            caller,
            request.name,
            Tag.byKey(request.tags),
            encryption == null ? EncryptionConfiguration.OWN : encryption);
    return new Answer(made.arn(), made.createdAt());
  }
}
