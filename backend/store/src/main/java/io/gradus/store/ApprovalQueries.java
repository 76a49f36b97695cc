package io.gradus.store;

import static io.gradus.migrations.db.Tables.APPROVAL;
import static io.gradus.migrations.db.Tables.APPROVAL_CANDIDATE;
import static io.gradus.migrations.db.Tables.APPROVAL_EVENT;
import static io.gradus.migrations.db.Tables.APPROVAL_VOTE;
import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.Approvals.Detail;
import io.gradus.store.Approvals.Event;
import io.gradus.store.Approvals.Summary;
import io.gradus.store.Approvals.Viewer;
import io.gradus.store.Approvals.Vote;
import io.gradus.store.Approvals.Which;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
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
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// How approvals are asked for: columns, conditions and what rows are made into.
final class ApprovalQueries {
  static final short USER = 0;
  static final short GROUP = 1;

  /// Stands in a place for what has no due time, and so comes last.
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  static final Field<OffsetDateTime> DUE =
      DSL.field("coalesce({0}, 'infinity'::timestamptz)", OffsetDateTime.class, APPROVAL.DUE_AT);

  static final Field<Integer> VOTES =
      DSL.field(
          DSL.selectCount()
              .from(APPROVAL_VOTE)
              .where(APPROVAL_VOTE.TENANT_ID.eq(APPROVAL.TENANT_ID))
              .and(APPROVAL_VOTE.APPROVAL_ID.eq(APPROVAL.ID)));

  static final List<SelectField<?>> SUMMARY =
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

  static final List<SelectField<?>> ASKED =
      List.of(
          APPROVAL.DESCRIPTION,
          APPROVAL.CONTEXT,
          APPROVAL.OUTCOMES,
          APPROVAL.FORM,
          APPROVAL.FAIL_ON_REJECT);

  private ApprovalQueries() {}

  static int count(Select<Record1<Integer>> query) {
    Integer count = query.fetchOne(0, Integer.class);
    return count == null ? 0 : count;
  }

  static int count(DSLContext db, Condition wanted) {
    return count(db.selectCount().from(APPROVAL).where(wanted));
  }

  static SelectOnConditionStep<Record> approvals(SelectSelectStep<Record> columns) {
    return columns
        .from(APPROVAL)
        .join(EXECUTION)
        .on(EXECUTION.TENANT_ID.eq(APPROVAL.TENANT_ID))
        .and(EXECUTION.ID.eq(APPROVAL.EXECUTION_ID))
        .join(STATE_MACHINE)
        .on(STATE_MACHINE.TENANT_ID.eq(EXECUTION.TENANT_ID))
        .and(STATE_MACHINE.ID.eq(EXECUTION.STATE_MACHINE_ID));
  }

  static Condition wanted(TenantId tenant, Which which, Viewer viewer) {
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

  static Select<?> voteOf(String login) {
    return DSL.selectOne()
        .from(APPROVAL_VOTE)
        .where(APPROVAL_VOTE.TENANT_ID.eq(APPROVAL.TENANT_ID))
        .and(APPROVAL_VOTE.APPROVAL_ID.eq(APPROVAL.ID))
        .and(APPROVAL_VOTE.LOGIN.eq(login));
  }

  static Condition candidate(Condition who) {
    return DSL.exists(
        DSL.selectOne()
            .from(APPROVAL_CANDIDATE)
            .where(APPROVAL_CANDIDATE.TENANT_ID.eq(APPROVAL.TENANT_ID))
            .and(APPROVAL_CANDIDATE.APPROVAL_ID.eq(APPROVAL.ID))
            .and(who));
  }

  static Condition named(String login) {
    return APPROVAL_CANDIDATE.KIND.eq(USER).and(APPROVAL_CANDIDATE.NAME.eq(login));
  }

  static Condition member(Set<String> groups) {
    return APPROVAL_CANDIDATE.KIND.eq(GROUP).and(APPROVAL_CANDIDATE.NAME.in(groups));
  }

  static Condition user(TenantId tenant, UUID id, String login) {
    return APPROVAL_CANDIDATE
        .TENANT_ID
        .eq(tenant.value())
        .and(APPROVAL_CANDIDATE.APPROVAL_ID.eq(id))
        .and(named(login));
  }

  static Condition open(TenantId tenant, UUID id) {
    return APPROVAL
        .TENANT_ID
        .eq(tenant.value())
        .and(APPROVAL.ID.eq(id))
        .and(APPROVAL.STATUS.eq(ApprovalStatus.OPEN.code()));
  }

  static Condition before(Position after) {
    return DSL.row(APPROVAL.CLOSED_AT, APPROVAL.ID).lt(Times.column(after.at()), after.id());
  }

  static Condition following(Position after) {
    return after.at().equals(NEVER)
        ? APPROVAL.DUE_AT.isNull().and(APPROVAL.ID.gt(after.id()))
        : DSL.row(DUE, APPROVAL.ID).gt(Times.column(after.at()), after.id());
  }

  static Instant place(Summary row) {
    Instant at = row.status() == ApprovalStatus.OPEN ? row.dueAt() : row.closedAt();
    return at == null ? NEVER : at;
  }

  static boolean happened(
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

  static Summary summary(Record row) {
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

  static Set<String> set(String[] names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
  }

  static Detail detail(DSLContext db, Record row) {
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
