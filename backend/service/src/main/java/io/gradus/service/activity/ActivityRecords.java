package io.gradus.service.activity;

import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.definition.EncryptionConfiguration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Where activities are kept.
public interface ActivityRecords {
  /// An activity's record.
  record Stored(UUID id, String name, Instant createdAt, EncryptionConfiguration encryption) {}

  /// The activity of that name.
  Optional<Stored> find(TenantId tenant, String name);

  /// Keeps an activity, unless the name is taken.
  ///
  /// @return what is kept under the name now
  Stored insert(TenantId tenant, Stored fresh);

  /// Deletes it; false where it was gone already.
  boolean delete(TenantId tenant, String name);

  /// The activities, oldest first.
  Page<Stored> list(TenantId tenant, Page.Request request);
}
