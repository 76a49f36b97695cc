package io.gradus.service;

import io.gradus.engine.TenantId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs what belongs together as one transaction of one tenant.
public interface Transactions {
  /// Runs the work; what it throws undoes it. Not to be held over a call to anyone else.
  <T extends @Nullable Object> T call(TenantId tenant, Supplier<T> work);
}
