package io.gradus.service.limit;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.ShortMemory;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.definition.Strictness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether AWS's limits hold: a switch of each tenant, which each of its state machines may set
/// otherwise. What is started keeps the limits of its start.
public class LimitService {
  private static final int CAPACITY = 10_000;
  private static final Duration LOOKED_UP = Duration.ofSeconds(1);
  private static final String STRICT = "awsStrict";

  private final LimitRecords tenants;
  private final StateMachineRecords records;
  private final Machines machines;
  private final Arns arns;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final ShortMemory<TenantId, Boolean> remembered = new ShortMemory<>(CAPACITY, LOOKED_UP);

  /// Keeps the switches there.
  public LimitService(
      LimitRecords tenants,
      StateMachineRecords records,
      Machines machines,
      Arns arns,
      Transactions transactions,
      AuditTrail audit) {
    this.tenants = tenants;
    this.records = records;
    this.machines = machines;
    this.arns = arns;
    this.transactions = transactions;
    this.audit = audit;
  }

  /// Whether AWS's limits hold for the caller's tenant.
  public boolean ofTenant(Caller caller) {
    Access.require(caller, Permission.READ, "GetLimits", "*");
    return tenants.isStrict(caller.tenant());
  }

  /// Lets AWS's limits hold for the caller's tenant, or not: for what is started from now on.
  public void setTenant(Caller caller, boolean strict) {
    Access.require(caller, Permission.ADMINISTER, "SetLimits", "*");
    transactions.call(
        caller.tenant(),
        () -> {
          boolean changed = tenants.setStrict(caller.tenant(), strict);
          if (changed) {
            audit.record(
                caller,
                "SetLimits",
                "tenant/" + caller.account(),
                new Change(Map.of(STRICT, !strict), Map.of(STRICT, strict)));
          }
          return changed;
        });
    remembered.forget(caller.tenant());
  }

  /// Whether AWS's limits hold for a state machine.
  public Strictness ofMachine(Caller caller, String arnText) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "GetLimits", arnText);
    Access.require(caller, Permission.READ, "GetLimits", arnText);
    return find(caller, arn).strictness();
  }

  /// Lets AWS's limits hold for a state machine, or not, or as for its tenant (null): for what is
  /// started from now on.
  public Strictness setMachine(Caller caller, String arnText, @Nullable Boolean strict) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "SetLimits", arnText);
    Access.require(caller, Permission.ADMINISTER, "SetLimits", arnText);
    Strictness now =
        transactions.call(
            caller.tenant(),
            () -> {
              StateMachineRecords.Stored machine = find(caller, arn);
              Strictness before = machine.strictness();
              Strictness after = new Strictness(before.tenant(), strict);
              if (!after.equals(before)) {
                if (!records.setStrict(caller.tenant(), machine.id(), strict)) {
                  throw doesNotExist(arn);
                }
                audit.record(
                    caller, "SetLimits", arnText, new Change(told(before.own()), told(strict)));
              }
              return after;
            });
    machines.changed(caller.tenant(), arn.name());
    return now;
  }

  /// What executions may use that are started for the tenant without a state machine of their own.
  public ExecutionInfo.Limits limits(TenantId tenant) {
    return machines.limits(
        remembered.get(tenant, id -> Optional.of(tenants.isStrict(id))).orElse(true));
  }

  /// What executions of that state machine may use; AWS's where the ARN names none of the caller's.
  public ExecutionInfo.Limits limits(Caller caller, String arnText) {
    try {
      StatesArn.StateMachine arn = arns.readStateMachine(caller, "StartExecution", arnText);
      return machines
          .find(caller.tenant(), arn.name())
          .map(machine -> machines.limits(machine.strictness().holds()))
          .orElse(ExecutionInfo.Limits.AWS);
    } catch (Refusal _) {
      return ExecutionInfo.Limits.AWS; // the operation itself says what is wrong with the ARN
    }
  }

  /// Whether an ARN names a state machine of the caller's that makes Express executions.
  public boolean startsExpress(Caller caller, String arnText) {
    try {
      StatesArn.StateMachine arn = arns.readStateMachine(caller, "StartExecution", arnText);
      return machines
          .find(caller.tenant(), arn.name())
          .filter(machine -> machine.type() == MachineType.EXPRESS)
          .isPresent();
    } catch (Refusal _) {
      return false; // the operation itself says what is wrong with the ARN
    }
  }

  private static Map<String, Object> told(@Nullable Boolean strict) {
    Map<String, Object> told = new HashMap<>();
    told.put(STRICT, strict == null ? "as the tenant" : strict);
    return told;
  }

  private StateMachineRecords.Stored find(Caller caller, StatesArn.StateMachine arn) {
    boolean here = arn.qualifier() == null && arn.region().equals(arns.region());
    return (here
            ? records.find(caller.tenant(), arn.name())
            : Optional.<StateMachineRecords.Stored>empty())
        .orElseThrow(() -> doesNotExist(arn));
  }

  private static Refusal doesNotExist(StatesArn.StateMachine arn) {
    return new Refusal(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
        "State Machine Does Not Exist: '" + arn.text() + "'");
  }
}
