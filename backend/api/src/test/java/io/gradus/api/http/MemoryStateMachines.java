package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineRecords;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// State machines in memory.
final class MemoryStateMachines implements StateMachineRecords {
  private record Name(TenantId tenant, String name) {}

  private final Map<Name, Stored> machines = new LinkedHashMap<>();
  private final Map<UUID, Stored> revisions = new LinkedHashMap<>();

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
