package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Access keys in memory.
final class MemoryAccessKeys implements AccessKeyRecords {
  /// The key whose row cannot be read: as if the database were away.
  static final String UNREADABLE = "AKIAUNREADABLE";

  private final Map<String, Known> known = new LinkedHashMap<>();
  private final Map<String, String> descriptions = new LinkedHashMap<>();

  synchronized void add(Known key) {
    known.put(key.id(), key);
  }

  @Override
  public synchronized Optional<Known> find(String id) {
    if (id.equals(UNREADABLE)) {
      throw new IllegalStateException("the database is away");
    }
    return Optional.ofNullable(known.get(id));
  }

  @Override
  public synchronized AccessKey.Summary insert(TenantId tenant, NewKey key) {
    Known fresh =
        new Known(tenant, ApiServer.ACCOUNT, key.id(), key.sealedSecret(), key.roles(), true);
    known.put(key.id(), fresh);
    descriptions.put(key.id(), key.description());
    return summary(fresh);
  }

  @Override
  public synchronized Optional<AccessKey.Summary> expire(
      TenantId tenant, String id, Duration after) {
    return usable(tenant, id).map(this::summary);
  }

  @Override
  public synchronized Optional<AccessKey.Summary> replaceSecret(
      TenantId tenant, String id, byte[] sealedSecret) {
    return usable(tenant, id)
        .map(
            before -> {
              Known after =
                  new Known(tenant, before.account(), id, sealedSecret, before.roles(), true);
              known.put(id, after);
              return summary(after);
            });
  }

  @Override
  public synchronized boolean revoke(TenantId tenant, String id) {
    Optional<Known> before = usable(tenant, id);
    before.ifPresent(
        key ->
            known.put(
                id, new Known(tenant, key.account(), id, key.sealedSecret(), key.roles(), false)));
    return before.isPresent();
  }

  private Optional<Known> usable(TenantId tenant, String id) {
    return find(id).filter(key -> key.tenant().equals(tenant) && key.usable());
  }

  @Override
  public synchronized List<AccessKey.Summary> list(TenantId tenant) {
    return known.values().stream()
        .filter(key -> key.tenant().equals(tenant))
        .map(this::summary)
        .toList();
  }

  private AccessKey.Summary summary(Known key) {
    return new AccessKey.Summary(
        key.id(),
        descriptions.getOrDefault(key.id(), ""),
        key.roles(),
        key.usable(),
        "",
        Instant.EPOCH,
        null,
        null);
  }

  @Override
  public void used(TenantId tenant, String id) {}
}
