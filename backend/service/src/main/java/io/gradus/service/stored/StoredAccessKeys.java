package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.store.AccessKeys;
import java.time.Clock;
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
                    row.active() && row.tenantActive()));
  }

  @Override
  public AccessKey.Summary insert(
      TenantId tenant, String id, byte[] sealedSecret, String description, Set<Role> roles) {
    Instant now = clock.instant();
    Set<String> names = roles.stream().map(Role::wireName).collect(Collectors.toSet());
    var row = new AccessKeys.NewAccessKey(id, sealedSecret, null, description, names, now);
    if (!store.create(tenant, row)) {
      throw new IllegalStateException("expected a fresh access key id, found one that is taken");
    }
    return new AccessKey.Summary(id, description, roles, true, now, null);
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
                    row.createdAt(),
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
