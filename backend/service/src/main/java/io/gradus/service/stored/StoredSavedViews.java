package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.SavedViewRecords;
import io.gradus.store.SavedViews;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Saved views in the store.
public final class StoredSavedViews implements SavedViewRecords {
  private final SavedViews store;

  /// Keeps them there.
  public StoredSavedViews(SavedViews store) {
    this.store = store;
  }

  @Override
  public Extent extentAlone(TenantId tenant, String owner) {
    SavedViews.Extent extent = store.extentAlone(tenant, owner);
    return new Extent(extent.owned(), extent.shared());
  }

  @Override
  public void insert(TenantId tenant, SavedView view) {
    store.insert(tenant, write(view));
  }

  @Override
  public boolean update(TenantId tenant, SavedView view) {
    return store.update(tenant, write(view));
  }

  @Override
  public boolean delete(TenantId tenant, String id) {
    return uuid(id).map(it -> store.delete(tenant, it)).orElse(false);
  }

  @Override
  public Optional<SavedView> find(TenantId tenant, String id) {
    return uuid(id).flatMap(it -> store.find(tenant, it)).map(StoredSavedViews::read);
  }

  @Override
  public List<SavedView> owned(TenantId tenant, String owner) {
    return store.owned(tenant, owner, SavedView.MAX_OWNED).stream()
        .map(StoredSavedViews::read)
        .toList();
  }

  @Override
  public List<SavedView> shared(TenantId tenant) {
    return store.shared(tenant, SavedView.MAX_SHARED).stream().map(StoredSavedViews::read).toList();
  }

  private static Optional<UUID> uuid(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.toString().equals(id) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static SavedViews.View write(SavedView view) {
    return new SavedViews.View(
        UUID.fromString(view.id()),
        view.owner(),
        view.name(),
        view.query(),
        view.shared(),
        view.createdAt(),
        view.changedAt());
  }

  private static SavedView read(SavedViews.View row) {
    return new SavedView(
        row.id().toString(),
        row.owner(),
        row.name(),
        row.query(),
        row.shared(),
        row.createdAt(),
        row.changedAt());
  }
}
