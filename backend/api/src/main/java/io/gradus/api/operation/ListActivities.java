package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.activity.Activity;
import io.gradus.service.activity.ActivityService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the activities.
public final class ListActivities
    implements Operation<ListActivities.Request, ListActivities.Answer> {
  private final ActivityService activities;
  private final PageTokens tokens;

  /// Lists these activities.
  public ListActivities(ActivityService activities, PageTokens tokens) {
    this.activities = activities;
    this.tokens = tokens;
  }

  /// What is asked.
  public record Request(
      @Member(max = Limits.PAGE) @Nullable Integer maxResults,
      @Member(min = 1, max = Limits.PAGE_TOKEN) @Nullable String nextToken) {}

  /// What is answered.
  public record Answer(List<Item> activities, @Nullable String nextToken) {}

  /// An activity in the list.
  public record Item(String activityArn, String name, Instant creationDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    PageTokens.Scope scope = tokens.scope(caller, name());
    Page<Activity> page =
        activities.list(
            caller,
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream().map(a -> new Item(a.arn(), a.name(), a.createdAt())).toList(),
        scope.seal(page.next()));
  }
}
