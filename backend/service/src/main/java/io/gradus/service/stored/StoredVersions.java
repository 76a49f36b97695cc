package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.definition.Alias;
import io.gradus.service.definition.Version;
import io.gradus.service.definition.VersionRecords;
import io.gradus.store.Aliases;
import io.gradus.store.StateMachines;
import io.gradus.store.Versions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Versions and aliases in the store.
public final class StoredVersions implements VersionRecords {
  private final Versions versions;
  private final Aliases aliases;

  /// Keeps them there.
  public StoredVersions(StateMachines store) {
    this.versions = store.versions();
    this.aliases = store.aliases();
  }

  @Override
  public List<Version> versions(TenantId tenant, UUID machine, int before, int limit) {
    return versions.list(tenant, machine, before, limit).stream()
        .map(StoredVersions::read)
        .toList();
  }

  @Override
  public int countVersions(TenantId tenant, UUID machine) {
    return versions.count(tenant, machine);
  }

  @Override
  public boolean deleteVersion(TenantId tenant, UUID machine, int number) {
    return versions.delete(tenant, machine, number);
  }

  @Override
  public List<Alias> aliases(
      TenantId tenant, UUID machine, @Nullable Integer version, String after, int limit) {
    return aliases.list(tenant, machine, version, after, limit).stream()
        .map(StoredVersions::read)
        .toList();
  }

  @Override
  public int countAliases(TenantId tenant, UUID machine) {
    return aliases.count(tenant, machine);
  }

  @Override
  public boolean insert(TenantId tenant, UUID machine, Alias alias) {
    return aliases.create(tenant, machine, write(alias));
  }

  @Override
  public boolean update(TenantId tenant, UUID machine, Alias alias) {
    return aliases.update(tenant, machine, write(alias));
  }

  @Override
  public boolean deleteAlias(TenantId tenant, UUID machine, String name) {
    return aliases.delete(tenant, machine, name);
  }

  static Version read(Versions.Version row) {
    return new Version(row.number(), row.description(), row.createdAt());
  }

  static Alias read(Aliases.Alias row) {
    return new Alias(
        row.name(),
        row.description(),
        row.routes().stream().map(r -> new Alias.Route(r.version(), r.weight())).toList(),
        row.createdAt(),
        row.updatedAt());
  }

  private static Aliases.Alias write(Alias alias) {
    return new Aliases.Alias(
        alias.name(),
        alias.description(),
        alias.routes().stream().map(r -> new Aliases.Route(r.version(), r.weight())).toList(),
        alias.createdAt(),
        alias.updatedAt());
  }
}
