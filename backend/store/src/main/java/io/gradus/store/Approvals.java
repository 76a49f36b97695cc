package io.gradus.store;

import static io.gradus.migrations.db.Tables.APPROVAL;
import static io.gradus.migrations.db.Tables.APPROVAL_CANDIDATE;
import static io.gradus.migrations.db.Tables.APPROVAL_EVENT;
import static io.gradus.migrations.db.Tables.AUDIT;
import static io.gradus.store.ApprovalQueries.ASKED;
import static io.gradus.store.ApprovalQueries.DUE;
import static io.gradus.store.ApprovalQueries.SUMMARY;
import static io.gradus.store.ApprovalQueries.USER;
import static io.gradus.store.ApprovalQueries.approvals;
import static io.gradus.store.ApprovalQueries.before;
import static io.gradus.store.ApprovalQueries.count;
import static io.gradus.store.ApprovalQueries.detail;
import static io.gradus.store.ApprovalQueries.following;
import static io.gradus.store.ApprovalQueries.happened;
import static io.gradus.store.ApprovalQueries.open;
import static io.gradus.store.ApprovalQueries.place;
import static io.gradus.store.ApprovalQueries.user;
import static io.gradus.store.ApprovalQueries.wanted;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Approvals as they are looked up, claimed and talked about. Opening and deciding them moves
/// executions and is [EngineApprovals]'s.
public final class Approvals {
  private final TenantScope scope;

  /// An approval in a list.
  ///
  /// @param users logins of those who may decide
  /// @param groups whose members may decide
  /// @param startedBy who started the execution, as the audit log names them
  /// @param decision the outcome, null unless it is decided
  /// @param votes how many people have chosen an outcome
  public record Summary(
      UUID id,
      ExecutionKey execution,
      String stateName,
      ApprovalStatus status,
      String title,
      Set<String> users,
      Set<String> groups,
      int quorum,
      boolean allowStarter,
      @Nullable String startedBy,
      Instant openedAt,
      @Nullable Instant dueAt,
      @Nullable Instant closedAt,
      @Nullable String decision,
      @Nullable String claimedBy,
      String executionName,
      String stateMachineName,
      int votes) {}

  /// An approval with all that is asked.
  ///
  /// @param context JSON
  /// @param form a JSON Schema
  public record Detail(
      Summary summary,
      @Nullable String description,
      byte @Nullable [] context,
      List<String> outcomes,
      byte @Nullable [] form,
      boolean failOnReject,
      List<Vote> votes,
      List<Event> events) {}

  /// What somebody chose.
  public record Vote(
      String login, String displayName, String outcome, @Nullable String comment, Instant at) {}

  /// Something that happened, in order.
  ///
  /// @param who a login, null for the engine
  public record Event(
      Instant at, ApprovalEventKind kind, @Nullable String who, @Nullable String note) {}

  /// Who looks.
  public record Viewer(String login, Set<String> groups) {}

  /// Which approvals a list holds.
  public enum Which {
    /// Open, and this person may decide now: nobody else has taken it up.
    MINE,
    /// Open and put before a group of this person.
    GROUPS,
    /// Open.
    OPEN,
    /// Not open any more.
    DONE
  }

  /// How many there are of the open ones.
  public record Counts(int mine, int groups, int open) {}

  /// Tells whether anything happened since an earlier look: equal if not.
  ///
  /// @param latest the number of the latest event
  /// @param recent how many of the latest are seen: one with a smaller number may be committed
  ///   later
  public record Mark(long latest, int recent) {}

  /// Works in this scope.
  public Approvals(TenantScope scope) {
    this.scope = scope;
  }

  /// The most urgent first; of those that are done, the latest.
  public Listing<Summary> list(
      TenantId tenant, Which which, Viewer viewer, @Nullable Position after, int limit) {
    boolean done = which == Which.DONE;
    return scope.with(
        tenant,
        db -> {
          List<SortField<?>> order =
              done
                  ? List.of(APPROVAL.CLOSED_AT.desc(), APPROVAL.ID.desc())
                  : List.of(DUE.asc(), APPROVAL.ID.asc());
          Condition wanted = wanted(tenant, which, viewer);
          if (after != null) {
            wanted = wanted.and(done ? before(after) : following(after));
          }
          List<Summary> rows =
              approvals(db.select(SUMMARY))
                  .where(wanted)
                  .orderBy(order)
                  .limit(limit + 1)
                  .fetch(ApprovalQueries::summary);
          return Listing.of(rows, limit, row -> new Position(place(row), row.id()));
        });
  }

  /// How many are open.
  public Counts counts(TenantId tenant, Viewer viewer) {
    return scope.with(
        tenant,
        db ->
            new Counts(
                count(db, wanted(tenant, Which.MINE, viewer)),
                count(db, wanted(tenant, Which.GROUPS, viewer)),
                count(db, wanted(tenant, Which.OPEN, viewer))));
  }

  /// By id.
  public Optional<Detail> find(TenantId tenant, UUID id) {
    return scope.with(
        tenant,
        db ->
            approvals(db.select(SUMMARY).select(ASKED))
                .where(APPROVAL.TENANT_ID.eq(tenant.value()))
                .and(APPROVAL.ID.eq(id))
                .fetchOptional(row -> detail(db, row)));
  }

  /// Takes an approval up; false where someone else has, or it is not open.
  public boolean claim(TenantId tenant, UUID id, String login) {
    return scope.with(
        tenant,
        db ->
            db.update(APPROVAL)
                        .set(APPROVAL.CLAIMED_BY, login)
                        .set(APPROVAL.CLAIMED_AT, DSL.currentOffsetDateTime())
                        .where(open(tenant, id))
                        .and(APPROVAL.CLAIMED_BY.isNull())
                        .execute()
                    == 1
                && happened(db, tenant, id, ApprovalEventKind.CLAIMED, login, null));
  }

  /// Gives an approval back.
  ///
  /// @param by who does, which need not be who has it
  /// @return false where nobody has it, or it is not open
  public boolean unclaim(TenantId tenant, UUID id, String by) {
    return scope.with(
        tenant,
        db ->
            db.update(APPROVAL)
                        .setNull(APPROVAL.CLAIMED_BY)
                        .setNull(APPROVAL.CLAIMED_AT)
                        .where(open(tenant, id))
                        .and(APPROVAL.CLAIMED_BY.isNotNull())
                        .execute()
                    == 1
                && happened(db, tenant, id, ApprovalEventKind.UNCLAIMED, by, null));
  }

  /// Notes what somebody says.
  public void comment(TenantId tenant, UUID id, String login, String text) {
    scope.with(tenant, db -> happened(db, tenant, id, ApprovalEventKind.COMMENTED, login, text));
  }

  /// Puts an approval before another person, in place of who hands it on where that one was named;
  /// false where it is not open.
  public boolean delegate(TenantId tenant, UUID id, String from, String to, @Nullable String note) {
    return scope.with(
        tenant,
        db -> {
          var row =
              db.select(APPROVAL.USERS)
                  .from(APPROVAL)
                  .where(open(tenant, id))
                  .forUpdate()
                  .fetchOne();
          if (row == null) {
            return false;
          }
          var users = new LinkedHashSet<>(List.of(row.value1()));
          users.remove(from);
          users.add(to);
          db.update(APPROVAL)
              .set(APPROVAL.USERS, users.toArray(String[]::new))
              .setNull(APPROVAL.CLAIMED_BY)
              .setNull(APPROVAL.CLAIMED_AT)
              .where(open(tenant, id))
              .execute();
          db.deleteFrom(APPROVAL_CANDIDATE).where(user(tenant, id, from)).execute();
          db.insertInto(APPROVAL_CANDIDATE)
              .set(APPROVAL_CANDIDATE.TENANT_ID, tenant.value())
              .set(APPROVAL_CANDIDATE.APPROVAL_ID, id)
              .set(APPROVAL_CANDIDATE.KIND, USER)
              .set(APPROVAL_CANDIDATE.NAME, to)
              .onConflictDoNothing()
              .execute();
          String told = note == null ? to : to + "\n" + note;
          return happened(db, tenant, id, ApprovalEventKind.DELEGATED, from, told);
        });
  }

  /// Whether anything happened; cheap.
  public Mark mark(TenantId tenant) {
    return scope.with(
        tenant,
        db -> {
          long latest =
              db.select(DSL.coalesce(DSL.max(APPROVAL_EVENT.SEQ), 0L))
                  .from(APPROVAL_EVENT)
                  .where(APPROVAL_EVENT.TENANT_ID.eq(tenant.value()))
                  .fetchSingle()
                  .value1();
          int recent =
              count(
                  db.selectCount()
                      .from(APPROVAL_EVENT)
                      .where(APPROVAL_EVENT.TENANT_ID.eq(tenant.value()))
                      .and(APPROVAL_EVENT.SEQ.gt(latest - 200)));
          return new Mark(latest, recent);
        });
  }

  /// Whether a person made a key or was given its secret, as the audit log has it.
  ///
  /// @param who as the audit log names them
  public boolean knowsKey(TenantId tenant, String who, String key) {
    return scope.with(
        tenant,
        db ->
            db.fetchExists(
                AUDIT,
                AUDIT
                    .TENANT_ID
                    .eq(tenant.value())
                    .and(AUDIT.WHO.eq(who))
                    .and(AUDIT.ACTION.in("CreateAccessKey", "RotateAccessKey"))
                    .and(AUDIT.TARGET.eq(key))));
  }
}
