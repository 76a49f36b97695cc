package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.tag.TagService;
import java.util.List;

/// Takes tags off a state machine or an activity.
public final class UntagResource implements Operation<UntagResource.Request, Operation.Nothing> {
  private final TagService tags;

  /// Keeps these tags.
  public UntagResource(TagService tags) {
    this.tags = tags;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String resourceArn,
      @Member(required = true, min = 1, max = Limits.TAG_KEY) List<String> tagKeys) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    tags.remove(caller, request.resourceArn, request.tagKeys);
    return new Nothing();
  }
}
