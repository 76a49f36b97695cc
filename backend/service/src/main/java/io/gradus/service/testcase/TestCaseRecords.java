package io.gradus.service.testcase;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Where test cases are kept.
public interface TestCaseRecords {
  /// How much there is of a state machine.
  ///
  /// @param bytes of all its cases
  record Extent(int count, long bytes) {}

  /// Keeps a case, in place of one of the same name, whose last run is forgotten.
  ///
  /// @param content the case without its name, as JSON
  void put(
      TenantId tenant,
      UUID machine,
      String name,
      String description,
      byte[] content,
      String by,
      Instant at);

  /// Keeps what came of a run, unless the case was changed or deleted since.
  ///
  /// @param updatedAt when the case that ran was last changed
  /// @param result as JSON
  boolean ran(
      TenantId tenant,
      UUID machine,
      String name,
      Instant updatedAt,
      KeptCase.LastRun last,
      byte[] result);

  /// The case of that name.
  Optional<KeptCase> find(TenantId tenant, UUID machine, String name);

  /// A state machine's cases by name.
  List<KeptCase.Summary> list(TenantId tenant, UUID machine);

  /// The names of a tenant's cases, by state machine.
  List<KeptCase.Named> names(TenantId tenant, int limit);

  /// How much there is of a state machine.
  Extent extent(TenantId tenant, UUID machine);

  /// Deletes it; false where it was gone.
  boolean delete(TenantId tenant, UUID machine, String name);
}
