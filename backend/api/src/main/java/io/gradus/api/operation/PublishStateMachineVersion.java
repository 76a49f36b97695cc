package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.Version;
import io.gradus.service.definition.VersionService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Publishes the newest revision; asking again is answered with the version that it is.
public final class PublishStateMachineVersion
    implements Operation<PublishStateMachineVersion.Request, PublishStateMachineVersion.Answer> {
  private final VersionService versions;

  /// Publishes among these versions.
  public PublishStateMachineVersion(VersionService versions) {
    this.versions = versions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member @Nullable String revisionId,
      @Member(max = Limits.DESCRIPTION, sensitive = true) @Nullable String description) {}

  /// What is answered.
  public record Answer(Instant creationDate, String stateMachineVersionArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Version.Summary version =
        versions.publish(caller, request.stateMachineArn, request.revisionId, request.description);
    return new Answer(version.createdAt(), version.arn());
  }
}
