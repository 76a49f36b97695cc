package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.store.AccessKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Access keys in the store.
public final class StoredAccessKeys implements AccessKeyRecords {
  private final AccessKeys store;
  private final Clock clock;

  /// Keeps them there.
  public StoredAccessKeys(AccessKeys store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Optional<Known> find(String id) {
    return store
        .find(id)
        .map(
            row ->
                new Known(
                    row.tenant(),
                    row.account(),
                    row.id(),
                    row.sealedSecret(),
                    roles(row.roles()),
                    row.active() && row.tenantActive() && !isOver(row)));
  }

  private boolean isOver(AccessKeys.AccessKey row) {
    Instant expiry = row.expiresAt();
    return expiry != null && !clock.instant().isBefore(expiry);
  }

  @Override
  public AccessKey.Summary insert(TenantId tenant, NewKey key) {
    Instant now = clock.instant();
    var row =
        new AccessKeys.NewAccessKey(
            key.id(),
            key.sealedSecret(),
            null,
            key.description(),
            key.roles().stream().map(Role::wireName).collect(Collectors.toSet()),
            key.createdBy(),
            now);
    if (!store.create(tenant, row)) {
      throw new IllegalStateException("expected a fresh access key id, found one that is taken");
    }
    return new AccessKey.Summary(
        key.id(), key.description(), key.roles(), true, key.createdBy(), now, null, null);
  }

  @Override
  public Optional<AccessKey.Summary> expire(TenantId tenant, String id, Duration after) {
    return active(tenant, id)
        .filter(_ -> store.setExpiry(tenant, id, clock.instant().plus(after)))
        .flatMap(_ -> active(tenant, id));
  }

  @Override
  public Optional<AccessKey.Summary> replaceSecret(
      TenantId tenant, String id, byte[] sealedSecret) {
    return active(tenant, id).filter(_ -> store.rotate(tenant, id, sealedSecret));
  }

  @Override
  public boolean revoke(TenantId tenant, String id) {
    return active(tenant, id).isPresent() && store.setActive(tenant, id, false);
  }

  private Optional<AccessKey.Summary> active(TenantId tenant, String id) {
    return list(tenant).stream().filter(key -> key.id().equals(id) && key.active()).findFirst();
  }

  @Override
  public List<AccessKey.Summary> list(TenantId tenant) {
    return store.list(tenant).stream()
        .map(
            row ->
                new AccessKey.Summary(
                    row.id(),
                    row.description(),
                    roles(row.roles()),
                    row.active(),
                    row.createdBy(),
                    row.createdAt(),
                    row.expiresAt(),
                    row.lastUsedAt()))
        .toList();
  }

  @Override
  public void used(TenantId tenant, String id) {
    store.touch(tenant, id, clock.instant());
  }

  private static Set<Role> roles(Set<String> names) {
    return names.stream().flatMap(name -> Role.of(name).stream()).collect(Collectors.toSet());
  }
}
