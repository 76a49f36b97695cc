package io.gradus.store;

import static io.gradus.migrations.db.Tables.APPROVAL;
import static io.gradus.migrations.db.Tables.APPROVAL_CANDIDATE;
import static io.gradus.migrations.db.Tables.APPROVAL_EVENT;
import static io.gradus.migrations.db.Tables.APPROVAL_VOTE;
import static io.gradus.migrations.db.Tables.AUDIT;
import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jooq.SelectSelectStep;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Approvals as they are looked up, claimed and talked about. Opening and deciding them moves
/// executions and is [EngineApprovals]'s.
public final class Approvals {
  private static final short USER = 0;
  private static final short GROUP = 1;

  /// Stands in a place for what has no due time, and so comes last.
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final Field<OffsetDateTime> DUE =
      DSL.field("coalesce({0}, 'infinity'::timestamptz)", OffsetDateTime.class, APPROVAL.DUE_AT);

  private static final Field<Integer> VOTES =
      DSL.field(
          DSL.selectCount()
              .from(APPROVAL_VOTE)
              .where(APPROVAL_VOTE.TENANT_ID.eq(APPROVAL.TENANT_ID))
              .and(APPROVAL_VOTE.APPROVAL_ID.eq(APPROVAL.ID)));

  private static final List<SelectField<?>> SUMMARY =
      List.of(
          APPROVAL.TENANT_ID,
          APPROVAL.ID,
          APPROVAL.EXECUTION_ID,
          APPROVAL.STATE_NAME,
          APPROVAL.STATUS,
          APPROVAL.TITLE,
          APPROVAL.USERS,
          APPROVAL.GROUPS,
          APPROVAL.QUORUM,
          APPROVAL.ALLOW_STARTER,
          APPROVAL.STARTED_BY,
          APPROVAL.OPENED_AT,
          APPROVAL.DUE_AT,
          APPROVAL.CLOSED_AT,
          APPROVAL.DECISION,
          APPROVAL.CLAIMED_BY,
          EXECUTION.NAME,
          STATE_MACHINE.NAME,
          VOTES.as("votes"));

  private static final List<SelectField<?>> ASKED =
      List.of(
          APPROVAL.DESCRIPTION,
          APPROVAL.CONTEXT,
          APPROVAL.OUTCOMES,
          APPROVAL.FORM,
          APPROVAL.FAIL_ON_REJECT);

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
                  .fetch(Approvals::summary);
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

  private static int count(Select<Record1<Integer>> query) {
    Integer count = query.fetchOne(0, Integer.class);
    return count == null ? 0 : count;
  }

  private static int count(DSLContext db, Condition wanted) {
    return count(db.selectCount().from(APPROVAL).where(wanted));
  }

  private static SelectOnConditionStep<Record> approvals(SelectSelectStep<Record> columns) {
    return columns
        .from(APPROVAL)
        .join(EXECUTION)
        .on(EXECUTION.TENANT_ID.eq(APPROVAL.TENANT_ID))
        .and(EXECUTION.ID.eq(APPROVAL.EXECUTION_ID))
        .join(STATE_MACHINE)
        .on(STATE_MACHINE.TENANT_ID.eq(EXECUTION.TENANT_ID))
        .and(STATE_MACHINE.ID.eq(EXECUTION.STATE_MACHINE_ID));
  }

  private static Condition wanted(TenantId tenant, Which which, Viewer viewer) {
    Condition mine = APPROVAL.TENANT_ID.eq(tenant.value());
    Condition isOpen = APPROVAL.STATUS.eq(ApprovalStatus.OPEN.code());
    return mine.and(
        switch (which) {
          case MINE ->
              isOpen
                  .and(candidate(named(viewer.login()).or(member(viewer.groups()))))
                  .and(APPROVAL.CLAIMED_BY.isNull().or(APPROVAL.CLAIMED_BY.eq(viewer.login())))
                  .and(
                      APPROVAL
                          .ALLOW_STARTER
                          .isTrue()
                          .or(APPROVAL.STARTED_BY.isDistinctFrom("user/" + viewer.login())))
                  .and(DSL.notExists(voteOf(viewer.login())));
          case GROUPS -> isOpen.and(candidate(member(viewer.groups())));
          case OPEN -> isOpen;
          case DONE -> APPROVAL.STATUS.ne(ApprovalStatus.OPEN.code());
        });
  }

  private static Select<?> voteOf(String login) {
    return DSL.selectOne()
        .from(APPROVAL_VOTE)
        .where(APPROVAL_VOTE.TENANT_ID.eq(APPROVAL.TENANT_ID))
        .and(APPROVAL_VOTE.APPROVAL_ID.eq(APPROVAL.ID))
        .and(APPROVAL_VOTE.LOGIN.eq(login));
  }

  private static Condition candidate(Condition who) {
    return DSL.exists(
        DSL.selectOne()
            .from(APPROVAL_CANDIDATE)
            .where(APPROVAL_CANDIDATE.TENANT_ID.eq(APPROVAL.TENANT_ID))
            .and(APPROVAL_CANDIDATE.APPROVAL_ID.eq(APPROVAL.ID))
            .and(who));
  }

  private static Condition named(String login) {
    return APPROVAL_CANDIDATE.KIND.eq(USER).and(APPROVAL_CANDIDATE.NAME.eq(login));
  }

  private static Condition member(Set<String> groups) {
    return APPROVAL_CANDIDATE.KIND.eq(GROUP).and(APPROVAL_CANDIDATE.NAME.in(groups));
  }

  private static Condition user(TenantId tenant, UUID id, String login) {
    return APPROVAL_CANDIDATE
        .TENANT_ID
        .eq(tenant.value())
        .and(APPROVAL_CANDIDATE.APPROVAL_ID.eq(id))
        .and(named(login));
  }

  private static Condition open(TenantId tenant, UUID id) {
    return APPROVAL
        .TENANT_ID
        .eq(tenant.value())
        .and(APPROVAL.ID.eq(id))
        .and(APPROVAL.STATUS.eq(ApprovalStatus.OPEN.code()));
  }

  private static Condition before(Position after) {
    return DSL.row(APPROVAL.CLOSED_AT, APPROVAL.ID).lt(Times.column(after.at()), after.id());
  }

  private static Condition following(Position after) {
    return after.at().equals(NEVER)
        ? APPROVAL.DUE_AT.isNull().and(APPROVAL.ID.gt(after.id()))
        : DSL.row(DUE, APPROVAL.ID).gt(Times.column(after.at()), after.id());
  }

  private static Instant place(Summary row) {
    Instant at = row.status() == ApprovalStatus.OPEN ? row.dueAt() : row.closedAt();
    return at == null ? NEVER : at;
  }

  private static boolean happened(
      DSLContext db,
      TenantId tenant,
      UUID id,
      ApprovalEventKind kind,
      @Nullable String who,
      @Nullable String note) {
    return db.insertInto(APPROVAL_EVENT)
            .set(APPROVAL_EVENT.TENANT_ID, tenant.value())
            .set(APPROVAL_EVENT.APPROVAL_ID, id)
            .set(APPROVAL_EVENT.KIND, kind.code())
            .set(APPROVAL_EVENT.WHO, who)
            .set(APPROVAL_EVENT.NOTE, note)
            .execute()
        == 1;
  }

  private static Summary summary(Record row) {
    return new Summary(
        row.get(APPROVAL.ID),
        new ExecutionKey(new TenantId(row.get(APPROVAL.TENANT_ID)), row.get(APPROVAL.EXECUTION_ID)),
        row.get(APPROVAL.STATE_NAME),
        ApprovalStatus.of(row.get(APPROVAL.STATUS)),
        row.get(APPROVAL.TITLE),
        set(row.get(APPROVAL.USERS)),
        set(row.get(APPROVAL.GROUPS)),
        row.get(APPROVAL.QUORUM),
        row.get(APPROVAL.ALLOW_STARTER),
        row.get(APPROVAL.STARTED_BY),
        Times.instant(row.get(APPROVAL.OPENED_AT)),
        Times.instantOrNull(row.get(APPROVAL.DUE_AT)),
        Times.instantOrNull(row.get(APPROVAL.CLOSED_AT)),
        row.get(APPROVAL.DECISION),
        row.get(APPROVAL.CLAIMED_BY),
        row.get(EXECUTION.NAME),
        row.get(STATE_MACHINE.NAME),
        row.get("votes", Integer.class));
  }

  private static Set<String> set(String[] names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
  }

  private static Detail detail(DSLContext db, Record row) {
    UUID tenant = row.get(APPROVAL.TENANT_ID);
    UUID id = row.get(APPROVAL.ID);
    List<Vote> votes =
        db.selectFrom(APPROVAL_VOTE)
            .where(APPROVAL_VOTE.TENANT_ID.eq(tenant))
            .and(APPROVAL_VOTE.APPROVAL_ID.eq(id))
            .orderBy(APPROVAL_VOTE.AT)
            .fetch(
                vote ->
                    new Vote(
                        vote.getLogin(),
                        vote.getDisplayName(),
                        vote.getOutcome(),
                        vote.getComment(),
                        Times.instant(vote.getAt())));
    List<Event> events =
        db.selectFrom(APPROVAL_EVENT)
            .where(APPROVAL_EVENT.TENANT_ID.eq(tenant))
            .and(APPROVAL_EVENT.APPROVAL_ID.eq(id))
            .orderBy(APPROVAL_EVENT.SEQ)
            .limit(1_000)
            .fetch(
                event ->
                    new Event(
                        Times.instant(event.getAt()),
                        ApprovalEventKind.of(event.getKind()),
                        event.getWho(),
                        event.getNote()));
    return new Detail(
        summary(row),
        row.get(APPROVAL.DESCRIPTION),
        row.get(APPROVAL.CONTEXT),
        List.of(row.get(APPROVAL.OUTCOMES)),
        row.get(APPROVAL.FORM),
        row.get(APPROVAL.FAIL_ON_REJECT),
        votes,
        events);
  }
}
