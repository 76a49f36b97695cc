package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.approval.FormField;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The calls about approvals. To decide takes a person's session: a key is nobody's judgement.
final class ApprovalRoutes {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int PAGE = 50;

  private final ApprovalService approvals;

  ApprovalRoutes(ApprovalService approvals) {
    this.approvals = approvals;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/approvals",
            "listApprovals",
            "Lists the first open approvals, the most urgent first.",
            OK,
            None.class,
            Found.class,
            (caller, _) -> search(caller, new Search(null, null, null))),
        new Route<>(
            "POST",
            "/approvals/search",
            "searchApprovals",
            "Lists approvals: `mine`, `groups`, `open` or `done`.",
            OK,
            Search.class,
            Found.class,
            this::search),
        new Route<>(
            "GET",
            "/approvals/{id}",
            "getApproval",
            "Shows an approval with its form, its votes and what happened to it.",
            OK,
            Id.class,
            Shown.class,
            (caller, r) -> Shown.of(approvals.find(caller, r.id()))),
        new Route<>(
            "POST",
            "/approvals/{id}/decide",
            "decideApproval",
            "Decides an approval, or adds one of several decisions that it takes.",
            OK,
            Decide.class,
            Shown.class,
            (caller, r) ->
                Shown.of(
                    approvals.decide(
                        caller, r.id(), new Approval.Answer(r.outcome(), r.comment(), r.form())))),
        new Route<>(
            "POST",
            "/approvals/{id}/comment",
            "commentOnApproval",
            "Says something about an approval without deciding it.",
            NO_CONTENT,
            Comment.class,
            Route.Nothing.class,
            (caller, r) -> done(() -> approvals.comment(caller, r.id(), r.text()))),
        new Route<>(
            "POST",
            "/approvals/{id}/claim",
            "claimApproval",
            "Takes an approval up, so that others see that someone is at it.",
            NO_CONTENT,
            Id.class,
            Route.Nothing.class,
            (caller, r) -> done(() -> approvals.claim(caller, r.id()))),
        new Route<>(
            "POST",
            "/approvals/{id}/unclaim",
            "unclaimApproval",
            "Gives an approval back.",
            NO_CONTENT,
            Id.class,
            Route.Nothing.class,
            (caller, r) -> done(() -> approvals.unclaim(caller, r.id()))),
        new Route<>(
            "POST",
            "/approvals/{id}/delegate",
            "delegateApproval",
            "Puts an approval before another person.",
            NO_CONTENT,
            Delegate.class,
            Route.Nothing.class,
            (caller, r) -> done(() -> approvals.delegate(caller, r.id(), r.to(), r.comment()))));
  }

  record None() {}

  record Id(@Member(required = true, min = 1, max = 64) String id) {}

  /// @param which `mine`, `groups`, `open` or `done`; `open` where it is left out
  record Search(
      @Member(pattern = "mine|groups|open|done") @Nullable String which,
      @Member(min = 1, max = 200) @Nullable Integer maxResults,
      @Member(max = 1_024) @Nullable String nextToken) {}

  record Decide(
      @Member(required = true, min = 1, max = 64) String id,
      @Member(required = true, min = 1, max = 40) String outcome,
      @Member(max = 4_000) @Nullable String comment,
      @Nullable JsonNode form) {}

  record Comment(
      @Member(required = true, min = 1, max = 64) String id,
      @Member(required = true, min = 1, max = 4_000) String text) {}

  record Delegate(
      @Member(required = true, min = 1, max = 64) String id,
      @Member(required = true, min = 1, max = 254) String to,
      @Member(max = 4_000) @Nullable String comment) {}

  record Found(List<Summary> approvals, @Nullable String nextToken) {}

  record Summary(
      String id,
      String executionArn,
      String stateName,
      String status,
      String title,
      List<String> users,
      List<String> groups,
      Integer quorum,
      Integer votes,
      Instant openedAt,
      @Nullable Instant dueAt,
      @Nullable Instant closedAt,
      @Nullable String decision,
      @Nullable String claimedBy) {
    static Summary of(Approval.Summary kept) {
      return new Summary(
          kept.id(),
          kept.executionArn(),
          kept.stateName(),
          kept.status().name(),
          kept.title(),
          kept.users(),
          kept.groups(),
          kept.quorum(),
          kept.votes(),
          kept.openedAt(),
          kept.dueAt(),
          kept.closedAt(),
          kept.decision(),
          kept.claimedBy());
    }
  }

  record Vote(String login, String outcome, @Nullable String comment, Instant at) {}

  record Field(String name, String label, String kind, Boolean required) {
    static Field of(FormField field) {
      return new Field(
          field.name(),
          field.label(),
          field.kind().name().toLowerCase(Locale.ROOT),
          field.required());
    }
  }

  /// @param refusal why the caller cannot decide it
  record Shown(
      Summary approval,
      @Nullable String description,
      @Nullable JsonNode context,
      List<String> outcomes,
      List<Field> form,
      List<Vote> votes,
      @Nullable String refusal) {
    static Shown of(Approval kept) {
      return new Shown(
          Summary.of(kept.summary()),
          kept.description(),
          kept.context(),
          kept.outcomes(),
          kept.form().stream().map(Field::of).toList(),
          kept.votes().stream()
              .map(vote -> new Vote(vote.login(), vote.outcome(), vote.comment(), vote.at()))
              .toList(),
          kept.refusal());
    }
  }

  private Found search(Caller caller, Search request) {
    String which = request.which() == null ? "open" : request.which();
    Page<Approval.Summary> page =
        approvals.list(
            caller,
            Approval.Which.valueOf(which.toUpperCase(Locale.ROOT)),
            new Page.Request(
                request.maxResults() == null ? PAGE : request.maxResults(), request.nextToken()));
    return new Found(page.items().stream().map(Summary::of).toList(), page.next());
  }

  private static Route.Nothing done(Runnable work) {
    work.run();
    return new Route.Nothing();
  }
}
