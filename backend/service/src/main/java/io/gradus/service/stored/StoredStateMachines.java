package io.gradus.service.stored;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.Alias;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.definition.Strictness;
import io.gradus.service.definition.Version;
import io.gradus.store.StateMachines;
import io.gradus.store.StateMachines.NewRevision;
import io.gradus.store.StateMachines.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// State machines in the store.
public final class StoredStateMachines implements StateMachineRecords {
  private final StateMachines store;
  private final Clock clock;

  /// Keeps them there.
  public StoredStateMachines(StateMachines store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Optional<Stored> find(TenantId tenant, String name) {
    return store.find(tenant, name).map(StoredStateMachines::read);
  }

  @Override
  public Stored insert(Caller caller, Stored fresh) {
    NewRevision first =
        new NewRevision(
            fresh.revisionKey(),
            fresh.definition().getBytes(StandardCharsets.UTF_8),
            settings(fresh),
            caller.principal(),
            fresh.createdAt());
    boolean express = fresh.type() == MachineType.EXPRESS;
    if (store.create(caller.tenant(), fresh.id(), fresh.name(), express, first)) {
      return fresh;
    }
    return find(caller.tenant(), fresh.name())
        .orElseThrow(() -> new IllegalStateException("expected who has the name " + fresh.name()));
  }

  @Override
  public Optional<Version> publish(
      TenantId tenant, UUID id, UUID revisionKey, @Nullable String description, Instant at) {
    return store
        .versions()
        .publish(tenant, id, revisionKey, description, at)
        .map(StoredVersions::read);
  }

  @Override
  public Optional<Version> versionOf(TenantId tenant, UUID id, UUID revisionKey) {
    return store.versions().ofRevision(tenant, id, revisionKey).map(StoredVersions::read);
  }

  @Override
  public Optional<Published> version(TenantId tenant, UUID id, int number) {
    return store
        .versions()
        .find(tenant, id, number)
        .flatMap(
            version ->
                store
                    .revision(tenant, version.revisionId())
                    .map(row -> new Published(StoredVersions.read(version), read(row))));
  }

  @Override
  public Optional<Stored> revision(TenantId tenant, UUID id, int number) {
    return store.revision(tenant, id, number).map(StoredStateMachines::read);
  }

  @Override
  public Optional<Alias> alias(TenantId tenant, UUID id, String alias) {
    return store.aliases().find(tenant, id, alias).map(StoredVersions::read);
  }

  @Override
  public Optional<Stored> change(Caller caller, UUID id, StateMachine.Change change) {
    return store
        .find(caller.tenant(), id)
        .filter(row -> !row.deleting())
        .map(StoredStateMachines::read)
        .flatMap(
            before -> {
              UUID key = UUID.randomUUID();
              Stored after = changed(before, key, change);
              if (change.changesNothing(before)) {
                return Optional.of(before.updatedAt(clock.instant()));
              }
              NewRevision next =
                  new NewRevision(
                      key,
                      after.definition().getBytes(StandardCharsets.UTF_8),
                      settings(after),
                      caller.principal(),
                      after.updatedAt());
              return store.update(caller.tenant(), id, next).map(_ -> after);
            });
  }

  private Stored changed(Stored before, UUID key, StateMachine.Change change) {
    return new Stored(
        before.id(),
        before.name(),
        before.type(),
        before.status(),
        key,
        key.toString(),
        change.definition() == null ? before.definition() : change.definition(),
        change.roleArn() == null ? before.roleArn() : change.roleArn(),
        change.logging() == null ? before.logging() : change.logging(),
        change.tracing() == null ? before.tracing() : change.tracing(),
        change.encryption() == null ? before.encryption() : change.encryption(),
        before.strictness(),
        before.createdAt(),
        clock.instant());
  }

  @Override
  public boolean delete(TenantId tenant, UUID id) {
    return store.delete(tenant, id);
  }

  @Override
  public boolean setStrict(TenantId tenant, UUID id, @Nullable Boolean strict) {
    return store.setStrict(tenant, id, strict);
  }

  @Override
  public Page<Stored> list(TenantId tenant, Page.Request request) {
    String after = request.after() == null ? "" : request.after();
    List<Stored> found =
        store.list(tenant, after, request.limit() + 1).stream()
            .map(StoredStateMachines::read)
            .toList();
    boolean more = found.size() > request.limit();
    List<Stored> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(page, more ? page.getLast().name() : null);
  }

  private static Settings settings(Stored stored) {
    return new Settings(
        stored.roleArn(),
        SettingsCodec.write(stored.logging()),
        SettingsCodec.write(stored.tracing()),
        SettingsCodec.write(stored.encryption()));
  }

  static Stored read(StateMachines.StateMachine row) {
    return new Stored(
        row.id(),
        row.name(),
        row.express() ? MachineType.EXPRESS : MachineType.STANDARD,
        row.deleting() ? StateMachine.Status.DELETING : StateMachine.Status.ACTIVE,
        row.revisionId(),
        // AWS names a revision only once a state machine was updated.
        row.revisionNumber() == 1 ? null : row.revisionId().toString(),
        new String(row.definition(), StandardCharsets.UTF_8),
        row.settings().roleArn(),
        SettingsCodec.readLogging(row.settings().logging()),
        SettingsCodec.readTracing(row.settings().tracing()),
        SettingsCodec.readEncryption(row.settings().encryption()),
        new Strictness(row.strictness().tenant(), row.strictness().own()),
        row.createdAt(),
        row.updatedAt());
  }
}
