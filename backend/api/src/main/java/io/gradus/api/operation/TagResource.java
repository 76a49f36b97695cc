package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.tag.TagService;
import java.util.List;

/// Puts tags on a state machine or an activity.
public final class TagResource implements Operation<TagResource.Request, Operation.Nothing> {
  private final TagService tags;

  /// Keeps these tags.
  public TagResource(TagService tags) {
    this.tags = tags;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String resourceArn,
      @Member(required = true) List<Tag> tags) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    tags.add(caller, request.resourceArn, Tag.byKey(request.tags));
    return new Nothing();
  }
}
