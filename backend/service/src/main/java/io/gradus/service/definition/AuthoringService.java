package io.gradus.service.definition;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.StateMachineRecords.Stored;
import java.util.Optional;

/// State machines as their authors work on them: found by a part of the name, saved without
/// overwriting what somebody else saved meanwhile, looked back at and restored.
public class AuthoringService {
  private final RevisionRecords records;
  private final StateMachineRecords stored;
  private final StateMachineService machines;
  private final Machines remembered;
  private final Arns arns;
  private final Transactions transactions;

  /// Works on these records.
  public AuthoringService(
      RevisionRecords records,
      StateMachineRecords stored,
      StateMachineService machines,
      Machines remembered,
      Arns arns,
      Transactions transactions) {
    this.records = records;
    this.stored = stored;
    this.machines = machines;
    this.remembered = remembered;
    this.arns = arns;
    this.transactions = transactions;
  }

  /// What an author saves.
  ///
  /// @param basedOn the revision that was changed
  public record Save(int basedOn, String definition, String roleArn) {}

  /// State machines by name.
  ///
  /// @param part what the name contains, in any case; `""` for all
  public Page<MachineEntry> list(Caller caller, String part, Page.Request request) {
    Access.require(
        caller, Permission.READ, "ListStateMachines", arns.stateMachine(caller, "*").text());
    Page<RevisionRecords.Entry> page = records.entries(caller.tenant(), part, request);
    return new Page<>(
        page.items().stream()
            .map(
                entry ->
                    new MachineEntry(
                        arns.stateMachine(caller, entry.name()).text(),
                        entry.name(),
                        entry.type(),
                        entry.newest(),
                        entry.last()))
            .toList(),
        page.next());
  }

  /// A state machine's revisions, newest first.
  public Page<Revision.Summary> revisions(Caller caller, String arn, Page.Request request) {
    Stored machine = readable(caller, arn);
    int before = request.after() == null ? Integer.MAX_VALUE : number(request.after());
    var found = records.list(caller.tenant(), machine.id(), before, request.limit() + 1);
    boolean more = found.size() > request.limit();
    var items = more ? found.subList(0, request.limit()) : found;
    return new Page<>(items, more ? String.valueOf(items.getLast().number()) : null);
  }

  /// One revision.
  ///
  /// @throws Refusal ResourceNotFound where there is none of that number
  public Revision revision(Caller caller, String arn, int number) {
    return records
        .find(caller.tenant(), readable(caller, arn).id(), number)
        .orElseThrow(() -> noRevision(number));
  }

  /// Saves a definition as the newest revision, unless it is what the newest one says already.
  ///
  /// @throws Refusal ConflictException where somebody saved since the revision it is based on: who
  ///   and when
  public Revision.Summary save(Caller caller, String arn, Save save) {
    StatesArn.StateMachine name = arns.readStateMachine(caller, "UpdateStateMachine", arn);
    Access.require(caller, Permission.AUTHOR, "UpdateStateMachine", arn);
    Stored machine = machine(caller, name);
    Revision.Summary saved =
        transactions.call(
            caller.tenant(),
            () -> {
              Revision.Summary newest = newest(caller, machine, arn);
              if (newest.number() != save.basedOn()) {
                throw conflict(newest, save.basedOn());
              }
              return add(caller, arn, machine, newest, save);
            });
    // Within the transaction another start may have remembered what was there before.
    remembered.changed(caller.tenant(), name.name());
    return saved;
  }

  /// Makes an old revision the newest again, as a new one.
  public Revision.Summary restore(Caller caller, String arn, int number) {
    StatesArn.StateMachine name = arns.readStateMachine(caller, "UpdateStateMachine", arn);
    Access.require(caller, Permission.AUTHOR, "UpdateStateMachine", arn);
    Stored machine = machine(caller, name);
    Revision.Summary saved =
        transactions.call(
            caller.tenant(),
            () -> {
              Revision old =
                  records
                      .find(caller.tenant(), machine.id(), number)
                      .orElseThrow(() -> noRevision(number));
              Revision.Summary newest = newest(caller, machine, arn);
              Save save = new Save(newest.number(), old.definition(), old.roleArn());
              return add(caller, arn, machine, newest, save);
            });
    remembered.changed(caller.tenant(), name.name());
    return saved;
  }

  private Revision.Summary add(
      Caller caller, String arn, Stored machine, Revision.Summary newest, Save save) {
    Optional<Revision> now = records.find(caller.tenant(), machine.id(), newest.number());
    boolean same =
        now.map(r -> r.definition().equals(save.definition()) && r.roleArn().equals(save.roleArn()))
            .orElse(false);
    if (same) {
      return newest;
    }
    machines.update(
        caller, arn, new StateMachine.Change(save.definition(), save.roleArn(), null, null));
    return newest(caller, machine, arn);
  }

  private Revision.Summary newest(Caller caller, Stored machine, String arn) {
    return records.newestLocked(caller.tenant(), machine.id()).orElseThrow(() -> doesNotExist(arn));
  }

  private Stored readable(Caller caller, String arn) {
    StatesArn.StateMachine name = arns.readStateMachine(caller, "DescribeStateMachine", arn);
    Access.require(caller, Permission.READ, "DescribeStateMachine", arn);
    return machine(caller, name);
  }

  private Stored machine(Caller caller, StatesArn.StateMachine name) {
    if (name.qualifier() != null || !name.region().equals(arns.region())) {
      throw doesNotExist(name.text());
    }
    return stored.find(caller.tenant(), name.name()).orElseThrow(() -> doesNotExist(name.text()));
  }

  private static int number(String token) {
    try {
      return Integer.parseInt(token);
    } catch (NumberFormatException e) {
      throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
    }
  }

  private static Refusal conflict(Revision.Summary newest, int basedOn) {
    String who = newest.by().startsWith("user/") ? newest.by().substring(5) : newest.by();
    return new Refusal(
        ErrorCode.CONFLICT,
        "%s saved revision %d while you worked on revision %d."
            .formatted(who, newest.number(), basedOn));
  }

  private static Refusal noRevision(int number) {
    return new Refusal(
        ErrorCode.RESOURCE_NOT_FOUND, "This state machine has no revision " + number + ".");
  }

  private static Refusal doesNotExist(String arn) {
    return new Refusal(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, "State Machine Does Not Exist: '" + arn + "'");
  }
}
