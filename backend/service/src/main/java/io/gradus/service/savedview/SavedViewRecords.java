package io.gradus.service.savedview;

import io.gradus.engine.TenantId;
import java.util.List;
import java.util.Optional;

/// Where saved views are kept.
public interface SavedViewRecords {
  /// How many there are.
  ///
  /// @param owned by one person, shared or not
  /// @param shared in the tenant
  record Extent(int owned, int shared) {}

  /// Until the transaction's end nobody else changes the tenant's views, if they ask this first.
  Extent extentAlone(TenantId tenant, String owner);

  /// Keeps a new one.
  void insert(TenantId tenant, SavedView view);

  /// Keeps what a view is from now on; false where it is gone.
  boolean update(TenantId tenant, SavedView view);

  /// Deletes it; false where it was gone.
  boolean delete(TenantId tenant, String id);

  /// By id, whoever's it is; empty also for what is no id.
  Optional<SavedView> find(TenantId tenant, String id);

  /// A person's own by name.
  List<SavedView> owned(TenantId tenant, String owner);

  /// Those that are shared by name, whoever's they are.
  List<SavedView> shared(TenantId tenant);
}
