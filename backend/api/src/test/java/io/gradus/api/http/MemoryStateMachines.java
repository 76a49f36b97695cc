package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.Alias;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.definition.Strictness;
import io.gradus.service.definition.Version;
import io.gradus.service.definition.VersionRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// State machines in memory.
final class MemoryStateMachines implements StateMachineRecords, VersionRecords {
  private record Name(TenantId tenant, String name) {}

  private final Map<Name, Stored> machines = new LinkedHashMap<>();
  private final Map<UUID, Stored> revisions = new LinkedHashMap<>();
  private final Map<UUID, List<Kept>> versions = new HashMap<>();
  private final Map<UUID, NavigableMap<String, Alias>> aliases = new HashMap<>();
  private int lastVersion;

  private record Kept(Version version, UUID revision) {}

  private List<Kept> kept(UUID machine) {
    return versions.computeIfAbsent(machine, _ -> new ArrayList<>());
  }

  private NavigableMap<String, Alias> named(UUID machine) {
    return aliases.computeIfAbsent(machine, _ -> new TreeMap<>());
  }

  @Override
  public synchronized Optional<Version> publish(
      TenantId tenant, UUID id, UUID revisionKey, @Nullable String description, Instant at) {
    Optional<Version> before = versionOf(tenant, id, revisionKey);
    if (before.isPresent()) {
      return before;
    }
    int number = kept(id).isEmpty() ? 1 : lastVersion + 1;
    lastVersion = number;
    Version made = new Version(number, description, at);
    kept(id).add(new Kept(made, revisionKey));
    return Optional.of(made);
  }

  @Override
  public synchronized Optional<Version> versionOf(TenantId tenant, UUID id, UUID revisionKey) {
    return kept(id).stream()
        .filter(kept -> kept.revision().equals(revisionKey))
        .map(Kept::version)
        .findFirst();
  }

  @Override
  public synchronized Optional<Published> version(TenantId tenant, UUID id, int number) {
    return kept(id).stream()
        .filter(kept -> kept.version().number() == number)
        .findFirst()
        .map(
            kept ->
                new Published(
                    kept.version(), Objects.requireNonNull(revisions.get(kept.revision()))));
  }

  @Override
  public synchronized Optional<Alias> alias(TenantId tenant, UUID id, String alias) {
    return Optional.ofNullable(named(id).get(alias));
  }

  @Override
  public synchronized List<Version> versions(TenantId tenant, UUID machine, int before, int limit) {
    return kept(machine).stream()
        .map(Kept::version)
        .filter(version -> version.number() < before)
        .sorted(Comparator.comparingInt(Version::number).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int countVersions(TenantId tenant, UUID machine) {
    return kept(machine).size();
  }

  @Override
  public synchronized boolean deleteVersion(TenantId tenant, UUID machine, int number) {
    return kept(machine).removeIf(kept -> kept.version().number() == number);
  }

  @Override
  public synchronized List<Alias> aliases(
      TenantId tenant, UUID machine, @Nullable Integer version, String after, int limit) {
    return named(machine).tailMap(after, false).values().stream()
        .filter(
            alias ->
                version == null
                    || alias.routes().stream().anyMatch(route -> route.version() == version))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int countAliases(TenantId tenant, UUID machine) {
    return named(machine).size();
  }

  @Override
  public synchronized boolean insert(TenantId tenant, UUID machine, Alias alias) {
    return named(machine).putIfAbsent(alias.name(), alias) == null;
  }

  @Override
  public synchronized boolean update(TenantId tenant, UUID machine, Alias alias) {
    return named(machine).replace(alias.name(), alias) != null;
  }

  @Override
  public synchronized boolean deleteAlias(TenantId tenant, UUID machine, String name) {
    return named(machine).remove(name) != null;
  }

  @Override
  public synchronized Optional<Stored> revision(TenantId tenant, UUID id, int number) {
    return revisions.values().stream()
        .filter(revision -> revision.id().equals(id))
        .skip(number - 1L)
        .findFirst();
  }

  synchronized Optional<Stored> revision(UUID key) {
    return Optional.ofNullable(revisions.get(key));
  }

  @Override
  public synchronized Optional<Stored> find(TenantId tenant, String name) {
    return Optional.ofNullable(machines.get(new Name(tenant, name)));
  }

  @Override
  public synchronized Stored insert(Caller caller, Stored fresh) {
    Stored before = machines.putIfAbsent(new Name(caller.tenant(), fresh.name()), fresh);
    if (before != null) {
      return before;
    }
    revisions.put(fresh.revisionKey(), fresh);
    return fresh;
  }

  @Override
  public synchronized Optional<Stored> change(Caller caller, UUID id, StateMachine.Change change) {
    return machines.values().stream()
        .filter(machine -> machine.id().equals(id))
        .findFirst()
        .map(machine -> changed(caller, machine, change));
  }

  private Stored changed(Caller caller, Stored before, StateMachine.Change change) {
    if (change.changesNothing(before)) {
      return before.updatedAt(Instant.now());
    }
    UUID revision = UUID.randomUUID();
    Stored after =
        new Stored(
            before.id(),
            before.name(),
            before.type(),
            before.status(),
            revision,
            revision.toString(),
            change.definition() == null ? before.definition() : change.definition(),
            change.roleArn() == null ? before.roleArn() : change.roleArn(),
            change.logging() == null ? before.logging() : change.logging(),
            change.tracing() == null ? before.tracing() : change.tracing(),
            change.encryption() == null ? before.encryption() : change.encryption(),
            before.strictness(),
            before.createdAt(),
            Instant.now());
    machines.put(new Name(caller.tenant(), before.name()), after);
    revisions.put(revision, after);
    return after;
  }

  @Override
  public synchronized boolean delete(TenantId tenant, UUID id) {
    return machines
        .entrySet()
        .removeIf(e -> e.getKey().tenant().equals(tenant) && e.getValue().id().equals(id));
  }

  @Override
  public synchronized boolean setStrict(TenantId tenant, UUID id, @Nullable Boolean strict) {
    return machines.entrySet().stream()
        .filter(e -> e.getKey().tenant().equals(tenant) && e.getValue().id().equals(id))
        .findFirst()
        .map(
            e -> {
              Stored before = e.getValue();
              e.setValue(before.within(new Strictness(before.strictness().tenant(), strict)));
              return true;
            })
        .orElse(false);
  }

  @Override
  public synchronized Page<Stored> list(TenantId tenant, Page.Request request) {
    return MemoryPages.of(
        machines.entrySet().stream()
            .filter(e -> e.getKey().tenant().equals(tenant))
            .map(Map.Entry::getValue)
            .sorted(Comparator.comparing(Stored::name))
            .toList(),
        request);
  }
}
