package io.gradus.service.definition;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where revisions are kept.
public interface RevisionRecords {
  /// A state machine in a list, without its ARN.
  record Entry(
      String name, MachineType type, Revision.Summary newest, MachineEntry.@Nullable Last last) {}

  /// State machines by name.
  ///
  /// @param part what the name contains, in any case; `""` for all
  Page<Entry> entries(TenantId tenant, String part, Page.Request request);

  /// Revisions, newest first.
  List<Revision.Summary> list(TenantId tenant, UUID machine, int before, int limit);

  /// One revision.
  Optional<Revision> find(TenantId tenant, UUID machine, int number);

  /// The newest one, which stays the newest until the transaction ends; empty where the state
  /// machine is gone.
  Optional<Revision.Summary> newestLocked(TenantId tenant, UUID machine);
}
