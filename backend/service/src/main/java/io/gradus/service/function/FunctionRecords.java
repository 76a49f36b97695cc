package io.gradus.service.function;

import io.gradus.engine.TenantId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where functions are kept.
public interface FunctionRecords {
  /// Keeps a function, in place of one of that name.
  HttpFunction put(TenantId tenant, String name, URI url, int timeoutSeconds);

  /// The function of that name.
  Optional<HttpFunction> find(TenantId tenant, String name);

  /// Deletes it; false where it was not there.
  boolean delete(TenantId tenant, String name);

  /// The tenant's functions by name.
  List<HttpFunction> list(TenantId tenant);

  /// Their names in order, at most so many.
  List<String> names(TenantId tenant, int limit);
}
