package io.gradus.service.secret;

import io.gradus.engine.TenantId;
import java.util.UUID;

/// What sealed secrets are bound to: the row and the column that each is for.
public final class Places {
  private Places() {}

  /// The secret of an access key.
  public static String accessKey(TenantId tenant, String id) {
    return "access_key|" + tenant.value() + "|" + id + "|sealed_secret";
  }

  /// The shared secret of a webhook.
  public static String trigger(TenantId tenant, UUID id) {
    return "trigger|" + tenant.value() + "|" + id + "|secret";
  }

  /// The secrets of a connection.
  public static String connection(TenantId tenant, UUID id) {
    return "connection|" + tenant.value() + "|" + id + "|sealed";
  }
}
