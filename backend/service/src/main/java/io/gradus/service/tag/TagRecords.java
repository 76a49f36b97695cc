package io.gradus.service.tag;

import io.gradus.engine.TenantId;
import java.util.Collection;
import java.util.Map;

/// Where tags are kept, by the ARN of what they are on.
public interface TagRecords {
  /// The tags by key, in the order of their keys.
  Map<String, String> find(TenantId tenant, String resourceArn);

  /// Adds tags, and gives new values to keys that are there.
  void put(TenantId tenant, String resourceArn, Map<String, String> tags);

  /// Takes tags off; keys that are not there are passed over.
  void remove(TenantId tenant, String resourceArn, Collection<String> keys);

  /// Takes all tags off.
  default void clear(TenantId tenant, String resourceArn) {
    remove(tenant, resourceArn, find(tenant, resourceArn).keySet());
  }
}
