package io.gradus.store;

import static io.gradus.migrations.db.Tables.APPROVAL;
import static io.gradus.migrations.db.Tables.APPROVAL_CANDIDATE;
import static io.gradus.migrations.db.Tables.APPROVAL_EVENT;
import static io.gradus.migrations.db.Tables.APPROVAL_MAIL;
import static io.gradus.migrations.db.Tables.APPROVAL_VOTE;
import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.INBOX;
import static io.gradus.migrations.db.Tables.TASK;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.ApprovalRecord;
import io.gradus.store.jdbc.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Approvals where they meet the engine: opened for a task that is open, and decided in the one
/// transaction that completes it. Locks in the order of all: execution, then task, then approval.
public final class EngineApprovals {
  private static final short USER = 0;
  private static final short GROUP = 1;

  /// Executions started by executions: how far up the person at the beginning is looked for.
  private static final int MAX_ANCESTORS = 100;

  private final Sessions sessions;

  /// What is asked.
  ///
  /// @param id a fresh one of version 7
  /// @param context JSON
  /// @param form a JSON Schema
  /// @param mails addresses by login: who is to be told
  public record Asked(
      UUID id,
      String stateName,
      String title,
      @Nullable String description,
      byte @Nullable [] context,
      List<String> users,
      List<String> groups,
      int quorum,
      boolean allowStarter,
      boolean failOnReject,
      List<String> outcomes,
      byte @Nullable [] form,
      @Nullable Instant dueAt,
      Map<String, String> mails) {}

  /// What somebody chose.
  ///
  /// @param form JSON, null for nothing
  /// @param ends whether it ends the approval without regard to its quorum
  public record Choice(
      String login,
      String displayName,
      String outcome,
      boolean ends,
      @Nullable String comment,
      byte @Nullable [] form) {}

  /// A decision that stands, for the task's result.
  ///
  /// @param votes those for the outcome, in order
  public record Ended(
      TaskId task, String outcome, boolean failOnReject, List<Approvals.Vote> votes, Instant at) {}

  /// What is written with a choice.
  ///
  /// @param result what the execution gets in its inbox when it ends the approval
  /// @param audit of the choice
  public record Written(Function<Ended, byte[]> result, AuditEntry.What audit) {}

  /// What came of a choice.
  public sealed interface Outcome {
    /// It is durable.
    ///
    /// @param ended whether it was the last one, and the execution has its result
    record Taken(boolean ended) implements Outcome {}

    /// Too late.
    record Closed() implements Outcome {}

    /// The same person chose before.
    record Repeated() implements Outcome {}

    record Unknown() implements Outcome {}
  }

  /// @param engine [Database#engine()]
  public EngineApprovals(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Opens an approval for a task, once; nothing is opened for one that is over.
  ///
  /// @return the id of the task's approval; empty where the task is over and had none
  public Optional<UUID> open(ExecutionKey key, TaskId task, Asked asked) {
    return transaction(
        db -> {
          Optional<UUID> there = find(db, key, task);
          if (there.isPresent()) {
            return there;
          }
          // Held until the commit, so that whoever closes the task finds the approval.
          if (db.selectOne().from(TASK).where(task(key, task)).forShare().fetch().isEmpty()) {
            return Optional.empty();
          }
          return insert(db, key, task, asked) ? Optional.of(asked.id()) : find(db, key, task);
        });
  }

  /// Writes down what somebody chose. When it ends the approval, the task is closed and its result
  /// left in the execution's inbox, all as one unit.
  public Outcome choose(TenantId tenant, UUID id, Choice choice, Written written) {
    return transaction(db -> choose(db, tenant, id, choice, written));
  }

  private static Outcome choose(
      DSLContext db, TenantId tenant, UUID id, Choice choice, Written written) {
    Condition byId = APPROVAL.TENANT_ID.eq(tenant.value()).and(APPROVAL.ID.eq(id));
    UUID executionId =
        db.select(APPROVAL.EXECUTION_ID).from(APPROVAL).where(byId).fetchOne(APPROVAL.EXECUTION_ID);
    if (executionId == null) {
      return new Outcome.Unknown();
    }
    ExecutionKey key = new ExecutionKey(tenant, executionId);
    db.selectOne().from(EXECUTION).where(execution(key)).forUpdate().fetch();
    ApprovalRecord row = db.selectFrom(APPROVAL).where(byId).forUpdate().fetchSingle();
    if (row.getStatus() != ApprovalStatus.OPEN.code()) {
      return new Outcome.Closed();
    }
    if (!vote(db, row, choice)) {
      return new Outcome.Repeated();
    }
    List<Approvals.Vote> alike = votes(db, row, choice.outcome());
    boolean ends = choice.ends() || alike.size() >= row.getQuorum();
    event(
        db,
        row,
        ends ? ApprovalEventKind.DECIDED : ApprovalEventKind.VOTED,
        choice.login(),
        choice.comment());
    if (ends) {
      end(db, key, row, alike, choice.outcome(), written.result());
    }
    Audit.append(db, tenant, List.of(written.audit()));
    return new Outcome.Taken(ends);
  }

  private static void end(
      DSLContext db,
      ExecutionKey key,
      ApprovalRecord row,
      List<Approvals.Vote> votes,
      String outcome,
      Function<Ended, byte[]> result) {
    TaskId task = new TaskId(new FrameId(row.getFrameId()), row.getAttempt());
    Instant at = votes.getLast().at();
    int closed =
        db.update(APPROVAL)
            .set(APPROVAL.STATUS, ApprovalStatus.DECIDED.code())
            .set(APPROVAL.DECISION, outcome)
            .set(APPROVAL.CLOSED_AT, Times.column(at))
            .where(APPROVAL.TENANT_ID.eq(row.getTenantId()))
            .and(APPROVAL.ID.eq(row.getId()))
            .execute();
    // The version rises, so that a timeout or a stop decided meanwhile loses and reads the inbox.
    int bumped =
        db.update(EXECUTION)
            .set(EXECUTION.VERSION, EXECUTION.VERSION.plus(1))
            .where(execution(key))
            .execute();
    int gone = db.deleteFrom(TASK).where(task(key, task)).execute();
    if (closed != 1 || bumped != 1 || gone != 1) {
      throw new IllegalStateException(
          "expected an open approval to have its task, found %d, %d, %d"
              .formatted(closed, bumped, gone));
    }
    byte[] message = result.apply(new Ended(task, outcome, row.getFailOnReject(), votes, at));
    db.insertInto(INBOX)
        .set(INBOX.TENANT_ID, row.getTenantId())
        .set(INBOX.EXECUTION_ID, key.id())
        .set(INBOX.SOURCE_ID, "approval:" + row.getId())
        .set(INBOX.KIND, (short) 0)
        .set(INBOX.PAYLOAD, message)
        .execute();
  }

  private static boolean vote(DSLContext db, ApprovalRecord row, Choice choice) {
    return db.insertInto(APPROVAL_VOTE)
            .set(APPROVAL_VOTE.TENANT_ID, row.getTenantId())
            .set(APPROVAL_VOTE.APPROVAL_ID, row.getId())
            .set(APPROVAL_VOTE.LOGIN, choice.login())
            .set(APPROVAL_VOTE.DISPLAY_NAME, choice.displayName())
            .set(APPROVAL_VOTE.OUTCOME, choice.outcome())
            .set(APPROVAL_VOTE.COMMENT, choice.comment())
            .set(APPROVAL_VOTE.FORM, choice.form())
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  private static List<Approvals.Vote> votes(DSLContext db, ApprovalRecord row, String outcome) {
    return db.selectFrom(APPROVAL_VOTE)
        .where(APPROVAL_VOTE.TENANT_ID.eq(row.getTenantId()))
        .and(APPROVAL_VOTE.APPROVAL_ID.eq(row.getId()))
        .and(APPROVAL_VOTE.OUTCOME.eq(outcome))
        .orderBy(APPROVAL_VOTE.AT)
        .fetch(
            vote ->
                new Approvals.Vote(
                    vote.getLogin(),
                    vote.getDisplayName(),
                    vote.getOutcome(),
                    vote.getComment(),
                    Times.instant(vote.getAt())));
  }

  private static boolean insert(DSLContext db, ExecutionKey key, TaskId task, Asked asked) {
    int inserted =
        db.insertInto(APPROVAL)
            .set(APPROVAL.TENANT_ID, key.tenant().value())
            .set(APPROVAL.ID, asked.id())
            .set(APPROVAL.EXECUTION_ID, key.id())
            .set(APPROVAL.FRAME_ID, task.frame().value())
            .set(APPROVAL.ATTEMPT, task.attempt())
            .set(APPROVAL.STATE_NAME, asked.stateName())
            .set(APPROVAL.TITLE, asked.title())
            .set(APPROVAL.DESCRIPTION, asked.description())
            .set(APPROVAL.CONTEXT, asked.context())
            .set(APPROVAL.USERS, asked.users().toArray(String[]::new))
            .set(APPROVAL.GROUPS, asked.groups().toArray(String[]::new))
            .set(APPROVAL.QUORUM, asked.quorum())
            .set(APPROVAL.ALLOW_STARTER, asked.allowStarter())
            .set(APPROVAL.FAIL_ON_REJECT, asked.failOnReject())
            .set(APPROVAL.OUTCOMES, asked.outcomes().toArray(String[]::new))
            .set(APPROVAL.FORM, asked.form())
            .set(APPROVAL.STARTED_BY, starter(db, key))
            .set(APPROVAL.DUE_AT, Times.columnOrNull(asked.dueAt()))
            .onConflictDoNothing()
            .execute();
    if (inserted == 0) {
      return false;
    }
    candidates(db, key.tenant(), asked.id(), USER, asked.users());
    candidates(db, key.tenant(), asked.id(), GROUP, asked.groups());
    db.insertInto(APPROVAL_EVENT)
        .set(APPROVAL_EVENT.TENANT_ID, key.tenant().value())
        .set(APPROVAL_EVENT.APPROVAL_ID, asked.id())
        .set(APPROVAL_EVENT.KIND, ApprovalEventKind.OPENED.code())
        .execute();
    asked
        .mails()
        .forEach(
            (login, address) ->
                db.insertInto(APPROVAL_MAIL)
                    .set(APPROVAL_MAIL.TENANT_ID, key.tenant().value())
                    .set(APPROVAL_MAIL.APPROVAL_ID, asked.id())
                    .set(APPROVAL_MAIL.LOGIN, login)
                    .set(APPROVAL_MAIL.ADDRESS, address)
                    .execute());
    return true;
  }

  private static void candidates(
      DSLContext db, TenantId tenant, UUID id, short kind, List<String> names) {
    for (String name : names) {
      db.insertInto(APPROVAL_CANDIDATE)
          .set(APPROVAL_CANDIDATE.TENANT_ID, tenant.value())
          .set(APPROVAL_CANDIDATE.APPROVAL_ID, id)
          .set(APPROVAL_CANDIDATE.KIND, kind)
          .set(APPROVAL_CANDIDATE.NAME, name)
          .execute();
    }
  }

  /// Who started the execution, or the one that its ancestors descend from.
  private static @Nullable String starter(DSLContext db, ExecutionKey key) {
    UUID id = key.id();
    for (int i = 0; i < MAX_ANCESTORS; i++) {
      var row =
          db.select(EXECUTION.STARTED_BY, EXECUTION.PARENT_EXECUTION_ID)
              .from(EXECUTION)
              .where(execution(new ExecutionKey(key.tenant(), id)))
              .fetchOne();
      if (row == null || row.value2() == null) {
        return row == null ? null : row.value1();
      }
      id = row.value2();
    }
    return null;
  }

  private static Optional<UUID> find(DSLContext db, ExecutionKey key, TaskId task) {
    return db.select(APPROVAL.ID)
        .from(APPROVAL)
        .where(APPROVAL.TENANT_ID.eq(key.tenant().value()))
        .and(APPROVAL.EXECUTION_ID.eq(key.id()))
        .and(APPROVAL.FRAME_ID.eq(task.frame().value()))
        .and(APPROVAL.ATTEMPT.eq(task.attempt()))
        .fetchOptional(APPROVAL.ID);
  }

  private static void event(
      DSLContext db,
      ApprovalRecord row,
      ApprovalEventKind kind,
      String who,
      @Nullable String note) {
    db.insertInto(APPROVAL_EVENT)
        .set(APPROVAL_EVENT.TENANT_ID, row.getTenantId())
        .set(APPROVAL_EVENT.APPROVAL_ID, row.getId())
        .set(APPROVAL_EVENT.KIND, kind.code())
        .set(APPROVAL_EVENT.WHO, who)
        .set(APPROVAL_EVENT.NOTE, note)
        .execute();
  }

  private static Condition execution(ExecutionKey key) {
    return EXECUTION.TENANT_ID.eq(key.tenant().value()).and(EXECUTION.ID.eq(key.id()));
  }

  private static Condition task(ExecutionKey key, TaskId task) {
    return TASK.TENANT_ID
        .eq(key.tenant().value())
        .and(TASK.EXECUTION_ID.eq(key.id()))
        .and(TASK.FRAME_ID.eq(task.frame().value()))
        .and(TASK.ATTEMPT.eq(task.attempt()));
  }

  private <T> T transaction(Function<DSLContext, T> work) {
    return sessions.transaction(
        connection -> TenantScope.unwrapped(() -> work.apply(Jooq.on(connection))));
  }
}
