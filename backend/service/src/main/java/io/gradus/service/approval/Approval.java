package io.gradus.service.approval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An approval as one person sees it.
///
/// @param context what is decided on; any JSON
/// @param outcomes what may be chosen besides `APPROVED` and `REJECTED`
/// @param form what is answered with the decision; empty for nothing
/// @param names display names by login, of everyone who is mentioned
/// @param candidates who could decide now, by login
/// @param missing users and groups that are named and that nobody is or is in
/// @param refusal why this person cannot decide, in a sentence; null where they can
/// @param stuck why nobody can bring it to an end, in a sentence; null where it can end
public record Approval(
    Summary summary,
    @Nullable String description,
    @Nullable JsonNode context,
    List<String> outcomes,
    List<FormField> form,
    List<Vote> votes,
    List<Event> events,
    Map<String, String> names,
    List<String> candidates,
    List<String> missing,
    @Nullable String refusal,
    @Nullable String stuck) {
  public Approval {
    outcomes = List.copyOf(outcomes);
    form = List.copyOf(form);
    votes = List.copyOf(votes);
    events = List.copyOf(events);
    names = Map.copyOf(names);
    candidates = List.copyOf(candidates);
    missing = List.copyOf(missing);
  }

  /// The outcome that every approval has.
  public static final String APPROVED = "APPROVED";

  /// The outcome that ends an approval, whatever its quorum.
  public static final String REJECTED = "REJECTED";

  /// Where an approval stands.
  public enum Status {
    OPEN,
    DECIDED,
    /// Its task ended without a decision.
    WITHDRAWN,
    /// Its task ended because nobody decided in time.
    OVERDUE
  }

  /// What can happen to an approval.
  public enum EventKind {
    OPENED,
    CLAIMED,
    UNCLAIMED,
    COMMENTED,
    /// Someone chose an outcome, and more people have to.
    VOTED,
    /// The choice that ended it.
    DECIDED,
    WITHDRAWN,
    OVERDUE,
    DELEGATED
  }

  /// An approval in a list.
  ///
  /// @param executionArn the execution that waits
  /// @param startedBy who started it, as the audit log names them; null where nobody is known
  /// @param asker `startedBy` for people: a display name, what a key is for
  /// @param users logins of those who may decide
  /// @param groups whose members may decide
  /// @param quorum how many people have to choose the same outcome
  /// @param votes how many have chosen one
  /// @param decision the outcome; null unless it is decided
  /// @param claimedBy the login of who has taken it up
  public record Summary(
      String id,
      String executionArn,
      String executionName,
      String stateMachineName,
      String stateName,
      Status status,
      String title,
      @Nullable String startedBy,
      @Nullable String asker,
      List<String> users,
      List<String> groups,
      int quorum,
      int votes,
      Instant openedAt,
      @Nullable Instant dueAt,
      @Nullable Instant closedAt,
      @Nullable String decision,
      @Nullable String claimedBy) {
    public Summary {
      users = List.copyOf(users);
      groups = List.copyOf(groups);
    }
  }

  /// What somebody chose.
  public record Vote(
      String login, String displayName, String outcome, @Nullable String comment, Instant at) {}

  /// Something that happened.
  ///
  /// @param who a login, null for the engine
  /// @param note a comment, or why it was withdrawn; of a delegation the login in the first line
  public record Event(Instant at, EventKind kind, @Nullable String who, @Nullable String note) {}

  /// How many are open.
  ///
  /// @param mine that wait for this person
  /// @param groups that were put before a group of this person
  /// @param open of the tenant
  public record Counts(int mine, int groups, int open) {}

  /// Which approvals a list holds.
  public enum Which {
    /// Open, and they wait for this person: nobody else has taken them up.
    MINE,
    /// Open and put before a group of this person.
    GROUPS,
    /// Open.
    OPEN,
    /// Not open any more, the latest first.
    DONE
  }

  /// What somebody answers.
  ///
  /// @param outcome `APPROVED`, `REJECTED` or one of the approval's own
  /// @param comment needed to reject
  /// @param form what was filled in; null for nothing
  public record Answer(String outcome, @Nullable String comment, @Nullable JsonNode form) {}
}
