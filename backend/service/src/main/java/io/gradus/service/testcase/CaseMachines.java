package io.gradus.service.testcase;

import io.gradus.engine.ExecutionInfo;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.RevisionRecords;
import io.gradus.service.definition.StateMachineRecords;

/// The state machines that test cases are of.
public final class CaseMachines {
  private final StateMachineRecords records;
  private final RevisionRecords revisions;
  private final Machines machines;
  private final Arns arns;

  /// Looks them up there.
  public CaseMachines(
      StateMachineRecords records, RevisionRecords revisions, Machines machines, Arns arns) {
    this.records = records;
    this.revisions = revisions;
    this.machines = machines;
    this.arns = arns;
  }

  /// The state machine of an ARN, for a caller who may do that.
  ///
  /// @param action what is done, as the audit log names it
  /// @throws Refusal AccessDeniedException, InvalidArn, StateMachineDoesNotExist
  StateMachineRecords.Stored find(
      Caller caller, Permission permission, String action, String arnText) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, permission, action, arnText);
    if (arn.qualifier() != null || !arn.region().equals(arns.region())) {
      throw doesNotExist(arnText);
    }
    return records.find(caller.tenant(), arn.name()).orElseThrow(() -> doesNotExist(arnText));
  }

  /// Its newest revision.
  Revision newest(Caller caller, StateMachineRecords.Stored machine, String arn) {
    return revisions.list(caller.tenant(), machine.id(), Integer.MAX_VALUE, 1).stream()
        .findFirst()
        .flatMap(line -> revisions.find(caller.tenant(), machine.id(), line.number()))
        .orElseThrow(() -> doesNotExist(arn));
  }

  /// Nobody else changes the state machine or its test cases until the transaction ends.
  void lock(Caller caller, StateMachineRecords.Stored machine, String arn) {
    if (revisions.newestLocked(caller.tenant(), machine.id()).isEmpty()) {
      throw doesNotExist(arn);
    }
  }

  /// What its payloads may be.
  ExecutionInfo.Limits limits(StateMachineRecords.Stored machine) {
    return machines.limits(machine.strictness().holds());
  }

  String region() {
    return arns.region();
  }

  private static Refusal doesNotExist(String arn) {
    return new Refusal(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, "State Machine Does Not Exist: '" + arn + "'");
  }
}
