package io.gradus.service.definition;

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

/// State machines ready to be started: looked up a moment ago at most, and parsed once.
///
/// As with AWS, a start on another node may use the definition before an update for a second.
public final class Machines {
  private static final int CAPACITY = 10_000;
  private static final Duration LOOKED_UP = Duration.ofSeconds(1);
  private static final Duration PARSED = Duration.ofHours(1);

  private final StateMachineRecords records;
  private final ShortMemory<Name, Stored> byName = new ShortMemory<>(CAPACITY, LOOKED_UP);
  private final ShortMemory<UUID, Machine> byRevision = new ShortMemory<>(CAPACITY, PARSED);

  private record Name(TenantId tenant, String name) {}

  /// Looks state machines up in these records.
  public Machines(StateMachineRecords records) {
    this.records = records;
  }

  /// The newest revision of a tenant's state machine.
  public Optional<Stored> find(TenantId tenant, String name) {
    return byName.get(new Name(tenant, name), n -> records.find(n.tenant(), n.name()));
  }

  /// The revision as the engine takes it.
  public Machine machine(Stored stored, StatesArn.StateMachine arn) {
    return byRevision.get(stored.revisionKey(), _ -> Optional.of(parse(stored, arn))).orElseThrow();
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
        ExecutionInfo.Limits.AWS);
  }

  /// Looks the state machine up anew next time.
  void changed(TenantId tenant, String name) {
    byName.forget(new Name(tenant, name));
  }
}
