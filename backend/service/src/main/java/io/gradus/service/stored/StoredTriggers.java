package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.Trigger.OnQueue;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Proof;
import io.gradus.service.trigger.TriggerRecords;
import io.gradus.store.TriggerRow;
import io.gradus.store.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Triggers in the store.
public final class StoredTriggers implements TriggerRecords {
  private static final byte[] NOTHING = {};

  private final Triggers store;

  /// Keeps them there.
  public StoredTriggers(Triggers store) {
    this.store = store;
  }

  @Override
  public boolean insert(TenantId tenant, Stored fresh, @Nullable Instant dueAt) {
    return store.insert(tenant, row(fresh), dueAt);
  }

  @Override
  public boolean update(TenantId tenant, Stored changed, @Nullable Instant dueAt) {
    return store.update(tenant, row(changed), dueAt);
  }

  @Override
  public boolean delete(TenantId tenant, UUID id) {
    return store.delete(tenant, id);
  }

  @Override
  public Optional<Stored> find(TenantId tenant, String name) {
    return store
        .find(tenant, name)
        .map(row -> read(row, store.fires(tenant, row.id(), 1).stream().findFirst().orElse(null)));
  }

  @Override
  public Optional<Stored> findHook(TenantId tenant, String hookId) {
    return store.findHook(tenant, hookId).map(row -> read(row, null));
  }

  @Override
  public List<Trigger> list(TenantId tenant) {
    Map<UUID, TriggerRow.Fire> last = store.lastFires(tenant);
    return store.list(tenant).stream().map(row -> read(row, last.get(row.id())).trigger()).toList();
  }

  @Override
  public List<String> names(TenantId tenant, int limit) {
    return store.names(tenant, limit);
  }

  @Override
  public int countAlone(TenantId tenant) {
    return store.countAlone(tenant);
  }

  @Override
  public List<Trigger.Fire> fires(TenantId tenant, UUID id, int limit) {
    return store.fires(tenant, id, limit).stream().map(StoredTriggers::fire).toList();
  }

  private static TriggerRow row(Stored stored) {
    Trigger trigger = stored.trigger();
    return new TriggerRow(
        trigger.id(),
        trigger.name(),
        trigger.stateMachineArn(),
        trigger.input(),
        trigger.enabled(),
        switch (trigger.source()) {
          case OnSchedule on ->
              new TriggerRow.Schedule(
                  on.expression(), on.timeZone(), on.anchor(), on.start(), on.end(), on.catchUp());
          case OnWebhook on ->
              new TriggerRow.Webhook(on.hookId(), number(on.proof()), stored.secret());
          case OnQueue on -> new TriggerRow.Queue(on.url(), on.batchSize());
        },
        trigger.createdBy(),
        trigger.createdAt(),
        trigger.updatedAt(),
        trigger.nextFireAt(),
        null,
        null);
  }

  private static Stored read(TriggerRow row, TriggerRow.@Nullable Fire last) {
    Trigger.Source source =
        switch (row.source()) {
          case TriggerRow.Schedule kept ->
              new OnSchedule(
                  kept.expression(),
                  kept.timeZone(),
                  kept.anchor(),
                  kept.start(),
                  kept.end(),
                  kept.catchUp());
          case TriggerRow.Webhook kept -> new OnWebhook(kept.hookId(), proof(kept.proof()));
          case TriggerRow.Queue kept -> new OnQueue(kept.url(), kept.batchSize());
        };
    return new Stored(
        new Trigger(
            row.id(),
            row.name(),
            row.stateMachineArn(),
            row.input(),
            row.enabled(),
            source,
            row.createdBy(),
            row.createdAt(),
            row.updatedAt(),
            row.nextAt(),
            row.problem(),
            row.problemAt(),
            last == null ? null : fire(last)),
        row.source() instanceof TriggerRow.Webhook hook ? hook.secret() : NOTHING);
  }

  private static int number(Proof proof) {
    return switch (proof) {
      case KEY -> 0;
      case SIGNATURE -> 1;
      case GITHUB -> 2;
    };
  }

  private static Proof proof(int number) {
    return switch (number) {
      case 0 -> Proof.KEY;
      case 1 -> Proof.SIGNATURE;
      case 2 -> Proof.GITHUB;
      default -> throw new IllegalStateException("expected a kind of proof, found " + number);
    };
  }

  private static Trigger.Fire fire(TriggerRow.Fire row) {
    return new Trigger.Fire(row.at(), row.eventId(), row.executionArn(), row.error(), row.cause());
  }
}
