package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.tag.TagRecords;
import io.gradus.store.Tags;
import java.util.Collection;
import java.util.Map;

/// Tags in the store.
public final class StoredTags implements TagRecords {
  private final Tags store;

  /// Keeps them there.
  public StoredTags(Tags store) {
    this.store = store;
  }

  @Override
  public Map<String, String> find(TenantId tenant, String resourceArn) {
    return store.find(tenant, resourceArn);
  }

  @Override
  public void put(TenantId tenant, String resourceArn, Map<String, String> tags) {
    store.put(tenant, resourceArn, tags);
  }

  @Override
  public void remove(TenantId tenant, String resourceArn, Collection<String> keys) {
    store.remove(tenant, resourceArn, keys);
  }

  @Override
  public void clear(TenantId tenant, String resourceArn) {
    store.replace(tenant, resourceArn, Map.of());
  }
}
