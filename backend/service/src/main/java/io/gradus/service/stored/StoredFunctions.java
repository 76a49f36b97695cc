package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.function.FunctionRecords;
import io.gradus.service.function.HttpFunction;
import io.gradus.store.Functions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Functions in the store.
public final class StoredFunctions implements FunctionRecords {
  private static final int ALL = 10_000;

  private final Functions store;
  private final Clock clock;

  /// Keeps them there.
  public StoredFunctions(Functions store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public HttpFunction put(TenantId tenant, String name, URI url, int timeoutSeconds) {
    store.put(tenant, name, url.toString(), timeoutSeconds, clock.instant());
    return find(tenant, name)
        .orElseThrow(() -> new IllegalStateException("expected the function " + name));
  }

  @Override
  public Optional<HttpFunction> find(TenantId tenant, String name) {
    return store.find(tenant, name).map(StoredFunctions::read);
  }

  @Override
  public boolean delete(TenantId tenant, String name) {
    return store.delete(tenant, name);
  }

  @Override
  public List<HttpFunction> list(TenantId tenant) {
    return store.list(tenant, "", ALL).stream().map(StoredFunctions::read).toList();
  }

  @Override
  public List<String> names(TenantId tenant, int limit) {
    return store.names(tenant, limit);
  }

  private static HttpFunction read(Functions.Function row) {
    return new HttpFunction(
        row.name(), URI.create(row.url()), row.timeoutSeconds(), row.createdAt(), row.updatedAt());
  }
}
