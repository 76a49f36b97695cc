package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.function.FunctionRecords;
import io.gradus.service.function.HttpFunction;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Functions in memory.
final class MemoryFunctions implements FunctionRecords {
  private final Map<String, HttpFunction> functions = new TreeMap<>();

  @Override
  public synchronized HttpFunction put(TenantId tenant, String name, URI url, int timeoutSeconds) {
    HttpFunction kept = new HttpFunction(name, url, timeoutSeconds, Instant.now(), Instant.now());
    functions.put(key(tenant, name), kept);
    return kept;
  }

  @Override
  public synchronized Optional<HttpFunction> find(TenantId tenant, String name) {
    return Optional.ofNullable(functions.get(key(tenant, name)));
  }

  @Override
  public synchronized boolean delete(TenantId tenant, String name) {
    return functions.remove(key(tenant, name)) != null;
  }

  @Override
  public synchronized List<HttpFunction> list(TenantId tenant) {
    return functions.entrySet().stream()
        .filter(e -> e.getKey().startsWith(key(tenant, "")))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public synchronized List<String> names(TenantId tenant, int limit) {
    return list(tenant).stream().map(HttpFunction::name).limit(limit).toList();
  }

  private static String key(TenantId tenant, String name) {
    return tenant.value() + "/" + name;
  }
}
