package io.gradus.service.definition;

import io.gradus.engine.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where versions and aliases are kept. State machines are named by their ids.
public interface VersionRecords {
  /// Versions, newest first.
  ///
  /// @param before only those below this number
  List<Version> versions(TenantId tenant, UUID machine, int before, int limit);

  /// How many versions there are.
  int countVersions(TenantId tenant, UUID machine);

  /// Deletes a version that no alias routes to; false where it was gone.
  boolean deleteVersion(TenantId tenant, UUID machine, int number);

  /// Aliases by name.
  ///
  /// @param version only those that route to it; null for all
  /// @param after the name after which to begin, `""` for the first
  List<Alias> aliases(
      TenantId tenant, UUID machine, @Nullable Integer version, String after, int limit);

  /// How many aliases there are.
  int countAliases(TenantId tenant, UUID machine);

  /// Keeps a new alias, unless the name is taken: then false.
  boolean insert(TenantId tenant, UUID machine, Alias alias);

  /// Keeps another description and other routes; false where the alias is gone.
  boolean update(TenantId tenant, UUID machine, Alias alias);

  /// Deletes an alias; false where it was gone.
  boolean deleteAlias(TenantId tenant, UUID machine, String name);
}
