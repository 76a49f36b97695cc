package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.activity.ActivityRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Activities in memory.
final class MemoryActivities implements ActivityRecords {
  private record Name(TenantId tenant, String name) {}

  private final Map<Name, Stored> activities = new LinkedHashMap<>();

  @Override
  public synchronized Optional<Stored> find(TenantId tenant, String name) {
    return Optional.ofNullable(activities.get(new Name(tenant, name)));
  }

  @Override
  public synchronized Stored insert(TenantId tenant, Stored fresh) {
    Stored before = activities.putIfAbsent(new Name(tenant, fresh.name()), fresh);
    return before == null ? fresh : before;
  }

  @Override
  public synchronized boolean delete(TenantId tenant, String name) {
    return activities.remove(new Name(tenant, name)) != null;
  }

  @Override
  public synchronized Page<Stored> list(TenantId tenant, Page.Request request) {
    return MemoryPages.of(
        activities.entrySet().stream()
            .filter(e -> e.getKey().tenant().equals(tenant))
            .map(Map.Entry::getValue)
            .toList(),
        request);
  }
}
