package io.gradus.service.definition;

import io.gradus.asl.model.Definition;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.TenantId;
import io.gradus.runtime.Machine;
import io.gradus.service.ShortMemory;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.StateMachineRecords.Stored;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// State machines ready to be started: looked up a moment ago at most, and parsed once.
///
/// As with AWS, a start on another node may use the definition before an update for a second.
public final class Machines {
  private static final int CAPACITY = 10_000;
  private static final int PERCENT = 100;
  private static final Duration LOOKED_UP = Duration.ofSeconds(1);
  private static final Duration PARSED = Duration.ofHours(1);

  private final StateMachineRecords records;
  private final ExecutionInfo.Limits lifted;
  private final ShortMemory<Name, Stored> byName = new ShortMemory<>(CAPACITY, LOOKED_UP);
  private final ShortMemory<UUID, Machine> byRevision = new ShortMemory<>(CAPACITY, PARSED);

  private final ShortMemory<Qualified, StateMachineRecords.Published> byVersion =
      new ShortMemory<>(CAPACITY, LOOKED_UP);
  private final ShortMemory<Qualified, Alias> byAlias = new ShortMemory<>(CAPACITY, LOOKED_UP);

  private record Name(TenantId tenant, String name) {}

  private record Qualified(TenantId tenant, UUID machine, String qualifier) {}

  /// What a start starts.
  ///
  /// @param versionArn null unless it is a version
  /// @param aliasArn null unless an alias routed to it
  public record Target(Stored stored, @Nullable String versionArn, @Nullable String aliasArn) {}

  /// Looks state machines up in these records.
  public Machines(StateMachineRecords records) {
    this(records, ExecutionInfo.Limits.lifted(ExecutionInfo.Limits.LIFTED_PAYLOAD_BYTES));
  }

  /// Looks state machines up in these records.
  ///
  /// @param lifted what holds where AWS's limits do not
  public Machines(StateMachineRecords records, ExecutionInfo.Limits lifted) {
    this.records = records;
    this.lifted = lifted;
  }

  /// What holds where AWS's limits do, or do not.
  public ExecutionInfo.Limits limits(boolean strict) {
    return strict ? ExecutionInfo.Limits.AWS : lifted;
  }

  /// The newest revision of a tenant's state machine.
  public Optional<Stored> find(TenantId tenant, String name) {
    return byName.get(new Name(tenant, name), n -> records.find(n.tenant(), n.name()));
  }

  /// What an ARN starts: the newest revision, a version, or the version that an alias routes to
  /// this time.
  public Optional<Target> target(TenantId tenant, StatesArn.StateMachine arn) {
    String qualifier = arn.qualifier();
    if (qualifier == null) {
      return find(tenant, arn.name()).map(stored -> new Target(stored, null, null));
    }
    return find(tenant, arn.name()).flatMap(machine -> qualified(tenant, arn, machine, qualifier));
  }

  private Optional<Target> qualified(
      TenantId tenant, StatesArn.StateMachine arn, Stored machine, String qualifier) {
    Optional<Integer> number = Qualifiers.version(qualifier);
    if (number.isPresent()) {
      return version(tenant, machine, number.get())
          .map(stored -> new Target(stored, arn.text(), null));
    }
    return byAlias
        .get(
            new Qualified(tenant, machine.id(), qualifier),
            key -> records.alias(tenant, key.machine(), qualifier))
        .flatMap(
            alias -> {
              int routed = alias.version(ThreadLocalRandom.current().nextInt(PERCENT));
              String versionArn = arn.qualified(String.valueOf(routed)).text();
              return version(tenant, machine, routed)
                  .map(stored -> new Target(stored, versionArn, arn.text()));
            });
  }

  private Optional<Stored> version(TenantId tenant, Stored machine, int number) {
    return byVersion
        .get(
            new Qualified(tenant, machine.id(), String.valueOf(number)),
            key -> records.version(tenant, key.machine(), number))
        .map(StateMachineRecords.Published::stored);
  }

  /// The target as the engine takes it.
  public Machine machine(Target target, StatesArn.StateMachine arn) {
    Stored stored = target.stored();
    Machine plain =
        byRevision
            .get(stored.revisionKey(), _ -> Optional.of(parse(stored, arn.unqualified())))
            .orElseThrow();
    Machine limited = plain.within(limits(stored.strictness().holds()));
    return target.versionArn() == null
        ? limited
        : limited.startedBy(target.versionArn(), target.aliasArn());
  }

  /// A revision's definition.
  public Definition definition(Stored stored) {
    return byRevision
        .get(stored.revisionKey(), _ -> Optional.empty())
        .map(Machine::definition)
        .orElseGet(() -> Definitions.parse(stored.definition()));
  }

  private Machine parse(Stored stored, StatesArn.StateMachine arn) {
    return new Machine(
        stored.id(),
        stored.revisionKey(),
        arn.text(),
        stored.name(),
        stored.roleArn(),
        null,
        null,
        stored.type() == MachineType.EXPRESS,
        Definitions.parse(stored.definition()),
        ExecutionInfo.Limits.AWS,
        stored.logging().level());
  }

  /// Looks the state machine up anew next time.
  public void changed(TenantId tenant, String name) {
    byName.forget(new Name(tenant, name));
  }

  /// Looks the version or the alias up anew next time.
  void changed(TenantId tenant, UUID machine, String qualifier) {
    byVersion.forget(new Qualified(tenant, machine, qualifier));
    byAlias.forget(new Qualified(tenant, machine, qualifier));
  }
}
