package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.tag.TagRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Tags in memory.
final class MemoryTags implements TagRecords {
  private final Map<String, Map<String, String>> tags = new HashMap<>();

  @Override
  public synchronized Map<String, String> find(TenantId tenant, String resourceArn) {
    return new TreeMap<>(tags.getOrDefault(resourceArn, Map.of()));
  }

  @Override
  public synchronized void put(TenantId tenant, String resourceArn, Map<String, String> given) {
    tags.computeIfAbsent(resourceArn, _ -> new TreeMap<>()).putAll(given);
  }

  @Override
  public synchronized void remove(TenantId tenant, String resourceArn, Collection<String> keys) {
    tags.computeIfAbsent(resourceArn, _ -> new TreeMap<>()).keySet().removeAll(keys);
  }
}
