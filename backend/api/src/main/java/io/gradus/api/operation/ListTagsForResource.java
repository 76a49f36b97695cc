package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.tag.TagService;
import java.util.List;

/// Lists the tags of a state machine or an activity.
public final class ListTagsForResource
    implements Operation<ListTagsForResource.Request, ListTagsForResource.Answer> {
  private final TagService tags;

  /// Looks among these tags.
  public ListTagsForResource(TagService tags) {
    this.tags = tags;
  }

  /// What is asked.
  public record Request(@Member(required = true, min = 1, max = Limits.ARN) String resourceArn) {}

  /// What is answered.
  public record Answer(List<Tag> tags) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    return new Answer(Tag.list(tags.list(caller, request.resourceArn)));
  }
}
