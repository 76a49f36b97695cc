package io.gradus.store;

import static io.gradus.migrations.db.Tables.TENANT;
import static io.gradus.migrations.db.Tables.TRIGGER;
import static io.gradus.migrations.db.Tables.TRIGGER_FIRE;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.TriggerFireRecord;
import io.gradus.migrations.db.tables.records.TriggerRecord;
import io.gradus.store.TriggerRow.Fire;
import io.gradus.store.TriggerRow.Queue;
import io.gradus.store.TriggerRow.Schedule;
import io.gradus.store.TriggerRow.Source;
import io.gradus.store.TriggerRow.Webhook;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// A tenant's triggers as they are set up and looked at. What makes them fire is
/// [io.gradus.store.engine.TriggerRows]'s.
public final class Triggers {
  private static final short SCHEDULE = 0;
  private static final short WEBHOOK = 1;
  private static final short QUEUE = 2;

  private final TenantScope scope;

  /// Works in this scope.
  public Triggers(TenantScope scope) {
    this.scope = scope;
  }

  /// Keeps a new one, unless the name is taken.
  ///
  /// @param dueAt when it is to be seen to first; null for never
  /// @return false if it is
  public boolean insert(TenantId tenant, TriggerRow row, @Nullable Instant dueAt) {
    return scope.with(
        tenant,
        db -> {
          TriggerRecord fresh = written(db, row, dueAt);
          fresh.setTenantId(tenant.value());
          fresh.setId(row.id());
          fresh.setName(row.name());
          fresh.setCreatedBy(row.createdBy());
          fresh.setCreatedAt(Times.column(row.createdAt()));
          return db.insertInto(TRIGGER).set(fresh).onConflictDoNothing().execute() == 1;
        });
  }

  /// Keeps other settings; whoever sees to it right now has no say any more in when it is due.
  ///
  /// @param dueAt when it is to be seen to next; null for never
  /// @return false where it is gone
  public boolean update(TenantId tenant, TriggerRow row, @Nullable Instant dueAt) {
    return scope.with(
        tenant,
        db -> {
          TriggerRecord changed = written(db, row, dueAt);
          changed.setTries(0);
          changed.setLease(null);
          changed.setProblem(null);
          changed.setProblemAt(null);
          return db.update(TRIGGER).set(changed).where(is(tenant, row.id())).execute() == 1;
        });
  }

  /// Deletes it with its history; false where it was gone.
  public boolean delete(TenantId tenant, UUID id) {
    return scope.with(tenant, db -> db.deleteFrom(TRIGGER).where(is(tenant, id)).execute() == 1);
  }

  /// By name.
  public Optional<TriggerRow> find(TenantId tenant, String name) {
    return find(tenant, TRIGGER.NAME.eq(name));
  }

  /// By what its address says.
  public Optional<TriggerRow> findHook(TenantId tenant, String hookId) {
    return find(tenant, TRIGGER.HOOK_ID.eq(hookId));
  }

  private Optional<TriggerRow> find(TenantId tenant, Condition condition) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(TRIGGER)
                .where(TRIGGER.TENANT_ID.eq(tenant.value()).and(condition))
                .fetchOptional(Triggers::read));
  }

  /// All of a tenant's, by name: there are few.
  public List<TriggerRow> list(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(TRIGGER)
                .where(TRIGGER.TENANT_ID.eq(tenant.value()))
                .orderBy(TRIGGER.NAME)
                .fetch(Triggers::read));
  }

  /// The names of a tenant's, in order, at most so many.
  public List<String> names(TenantId tenant, int limit) {
    return scope.with(
        tenant,
        db ->
            db.select(TRIGGER.NAME)
                .from(TRIGGER)
                .where(TRIGGER.TENANT_ID.eq(tenant.value()))
                .orderBy(TRIGGER.NAME)
                .limit(limit)
                .fetch(TRIGGER.NAME));
  }

  /// How many a tenant has. Until the transaction's end nobody else counts them: of two who add
  /// one, the second sees what the first added.
  public int countAlone(TenantId tenant) {
    return scope.with(
        tenant,
        db -> {
          db.select(TENANT.ID)
              .from(TENANT)
              .where(TENANT.ID.eq(tenant.value()))
              .forNoKeyUpdate()
              .fetch();
          return db.fetchCount(TRIGGER, TRIGGER.TENANT_ID.eq(tenant.value()));
        });
  }

  /// The last times that one fired, newest first.
  public List<Fire> fires(TenantId tenant, UUID id, int limit) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(TRIGGER_FIRE)
                .where(
                    TRIGGER_FIRE.TENANT_ID.eq(tenant.value()).and(TRIGGER_FIRE.TRIGGER_ID.eq(id)))
                .orderBy(TRIGGER_FIRE.ID.desc())
                .limit(limit)
                .fetch(Triggers::fire));
  }

  /// The last time that each fired that ever did.
  public Map<UUID, Fire> lastFires(TenantId tenant) {
    return scope.with(
        tenant,
        db -> {
          Map<UUID, Fire> last = new HashMap<>();
          db.select(TRIGGER_FIRE.fields())
              .distinctOn(TRIGGER_FIRE.TRIGGER_ID)
              .from(TRIGGER_FIRE)
              .where(TRIGGER_FIRE.TENANT_ID.eq(tenant.value()))
              .orderBy(TRIGGER_FIRE.TRIGGER_ID, TRIGGER_FIRE.ID.desc())
              .fetchInto(TRIGGER_FIRE)
              .forEach(row -> last.put(row.getTriggerId(), fire(row)));
          return last;
        });
  }

  private static Condition is(TenantId tenant, UUID id) {
    return TRIGGER.TENANT_ID.eq(tenant.value()).and(TRIGGER.ID.eq(id));
  }

  private static TriggerRecord written(DSLContext db, TriggerRow row, @Nullable Instant dueAt) {
    TriggerRecord record = db.newRecord(TRIGGER);
    record.setStateMachineArn(row.stateMachineArn());
    record.setInput(row.input());
    record.setEnabled(row.enabled());
    record.setUpdatedAt(Times.column(row.updatedAt()));
    record.setNextAt(Times.columnOrNull(row.nextAt()));
    record.setDueAt(Times.columnOrNull(dueAt));
    switch (row.source()) {
      case Schedule schedule -> {
        record.setKind(SCHEDULE);
        record.setExpression(schedule.expression());
        record.setTimeZone(schedule.timeZone());
        record.setAnchorAt(Times.column(schedule.anchor()));
        record.setStartsAt(Times.columnOrNull(schedule.start()));
        record.setEndsAt(Times.columnOrNull(schedule.end()));
        record.setCatchUp(schedule.catchUp());
      }
      case Webhook hook -> {
        record.setKind(WEBHOOK);
        record.setHookId(hook.hookId());
        record.setProof((short) hook.proof());
        record.setSecret(hook.secret());
      }
      case Queue queue -> {
        record.setKind(QUEUE);
        record.setQueueUrl(queue.url());
        record.setBatchSize(queue.batchSize());
      }
    }
    return record;
  }

  private static TriggerRow read(TriggerRecord row) {
    return new TriggerRow(
        row.getId(),
        row.getName(),
        row.getStateMachineArn(),
        row.getInput(),
        row.getEnabled(),
        source(row),
        row.getCreatedBy(),
        Times.instant(row.getCreatedAt()),
        Times.instant(row.getUpdatedAt()),
        Times.instantOrNull(row.getNextAt()),
        row.getProblem(),
        Times.instantOrNull(row.getProblemAt()));
  }

  private static Source source(TriggerRecord row) {
    return switch (row.getKind()) {
      case SCHEDULE ->
          new Schedule(
              Objects.requireNonNull(row.getExpression()),
              Objects.requireNonNull(row.getTimeZone()),
              Times.instant(Objects.requireNonNull(row.getAnchorAt())),
              Times.instantOrNull(row.getStartsAt()),
              Times.instantOrNull(row.getEndsAt()),
              row.getCatchUp());
      case WEBHOOK ->
          new Webhook(
              Objects.requireNonNull(row.getHookId()),
              Objects.requireNonNull(row.getProof()),
              Objects.requireNonNull(row.getSecret()));
      case QUEUE ->
          new Queue(
              Objects.requireNonNull(row.getQueueUrl()),
              Objects.requireNonNull(row.getBatchSize()));
      default ->
          throw new IllegalStateException("expected a kind of trigger, found " + row.getKind());
    };
  }

  private static Fire fire(TriggerFireRecord row) {
    return new Fire(
        Times.instant(row.getAt()),
        row.getEventId(),
        row.getExecutionArn(),
        row.getError(),
        row.getCause());
  }
}
