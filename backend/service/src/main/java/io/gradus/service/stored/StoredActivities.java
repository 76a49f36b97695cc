package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.activity.ActivityRecords;
import io.gradus.store.Activities;
import java.util.Optional;

/// Activities in the store.
public final class StoredActivities implements ActivityRecords {
  private final Activities store;

  /// Keeps them there.
  public StoredActivities(Activities store) {
    this.store = store;
  }

  @Override
  public Optional<Stored> find(TenantId tenant, String name) {
    return store.find(tenant, name).map(StoredActivities::read);
  }

  @Override
  public Stored insert(TenantId tenant, Stored fresh) {
    var row =
        new Activities.Activity(
            fresh.id(), fresh.name(), SettingsCodec.write(fresh.encryption()), fresh.createdAt());
    if (store.create(tenant, row)) {
      return fresh;
    }
    return find(tenant, fresh.name())
        .orElseThrow(() -> new IllegalStateException("expected who has the name " + fresh.name()));
  }

  @Override
  public boolean delete(TenantId tenant, String name) {
    return store.delete(tenant, name);
  }

  @Override
  public Page<Stored> list(TenantId tenant, Page.Request request) {
    return Pages.of(
        store.list(tenant, Pages.after(request), request.limit()), StoredActivities::read);
  }

  private static Stored read(Activities.Activity row) {
    return new Stored(
        row.id(), row.name(), row.createdAt(), SettingsCodec.readEncryption(row.encryption()));
  }
}
