package io.gradus.service.definition;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Names;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.StateMachineRecords.Stored;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Versions of state machines: published, listed, deleted.
public final class VersionService {
  /// AWS's quota for a state machine.
  static final int MAX_VERSIONS = 1_000;

  private static final int MANY = 1_000;

  private final StateMachineRecords machines;
  private final VersionRecords records;
  private final Machines remembered;
  private final Arns arns;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /// Works on these records.
  ///
  /// @param remembered is told what changed
  public VersionService(
      StateMachineRecords machines,
      VersionRecords records,
      Machines remembered,
      Arns arns,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.machines = machines;
    this.records = records;
    this.remembered = remembered;
    this.arns = arns;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /// Publishes the newest revision, or finds the version that it was published as.
  ///
  /// @param revisionId what the newest revision is expected to be; null for whatever it is
  /// @throws Refusal ConflictException where it is another one
  public Version.Summary publish(
      Caller caller, String arnText, @Nullable String revisionId, @Nullable String description) {
    String action = "PublishStateMachineVersion";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.AUTHOR, action, arnText);
    Names.checkText("description", description);
    return transactions.call(
        caller.tenant(),
        () -> {
          Stored machine = find(caller, arn).orElseThrow(() -> doesNotExist(arnText));
          checkRevision(machine, revisionId);
          Optional<Version> before =
              machines.versionOf(caller.tenant(), machine.id(), machine.revisionKey());
          if (before.isPresent()) {
            return summary(arn, before.get());
          }
          if (records.countVersions(caller.tenant(), machine.id()) >= MAX_VERSIONS) {
            throw new Refusal(
                ErrorCode.SERVICE_QUOTA_EXCEEDED,
                "Quota exceeded. A state machine may have " + MAX_VERSIONS + " versions.");
          }
          Version made =
              machines
                  .publish(caller.tenant(), machine.id(), machine.revisionKey(), description, now())
                  .orElseThrow(() -> doesNotExist(arnText));
          Version.Summary summary = summary(arn, made);
          audit.record(caller, action, summary.arn());
          return summary;
        });
  }

  private static void checkRevision(Stored machine, @Nullable String revisionId) {
    String newest = machine.revisionId() == null ? "INITIAL" : machine.revisionId();
    if (revisionId != null && !revisionId.equals(newest)) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "Failed to publish the State Machine version for revision "
              + revisionId
              + ". The current State Machine revision is "
              + newest
              + ".");
    }
  }

  /// Lists a state machine's versions, newest first.
  public Page<Version.Summary> list(Caller caller, String arnText, Page.Request request) {
    String action = "ListStateMachineVersions";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.READ, action, arnText);
    Stored machine = find(caller, arn).orElseThrow(() -> doesNotExist(arnText));
    int before = request.after() == null ? Integer.MAX_VALUE : number(request.after());
    List<Version> found =
        records.versions(caller.tenant(), machine.id(), before, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<Version> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(version -> summary(arn, version)).toList(),
        more ? String.valueOf(page.getLast().number()) : null);
  }

  /// Deletes a version, if it is there.
  ///
  /// @throws Refusal ConflictException where an alias routes to it
  public void delete(Caller caller, String arnText) {
    String action = "DeleteStateMachineVersion";
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, arnText);
    Access.require(caller, Permission.AUTHOR, action, arnText);
    int number =
        Optional.ofNullable(arn.qualifier())
            .flatMap(Qualifiers::version)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.VALIDATION,
                        "The ARN of a state machine version is required, but was: " + arnText));
    Optional<Stored> machine = find(caller, arn.unqualified());
    if (machine.isEmpty()) {
      return;
    }
    Stored stored = machine.get();
    transactions.call(
        caller.tenant(),
        () -> {
          List<Alias> routed = records.aliases(caller.tenant(), stored.id(), number, "", MANY);
          if (!routed.isEmpty()) {
            throw new Refusal(
                ErrorCode.CONFLICT,
                "Version to be deleted must not be referenced by an alias. Current list of aliases"
                    + " referencing this version: "
                    + routed.stream().map(Alias::name).collect(Collectors.joining(", ", "[", "]")));
          }
          boolean deleted = records.deleteVersion(caller.tenant(), stored.id(), number);
          if (deleted) {
            audit.record(caller, action, arnText);
          }
          return deleted;
        });
    remembered.changed(caller.tenant(), stored.id(), String.valueOf(number));
  }

  private Optional<Stored> find(Caller caller, StatesArn.StateMachine arn) {
    return arn.qualifier() != null || !arn.region().equals(arns.region())
        ? Optional.empty()
        : machines.find(caller.tenant(), arn.name());
  }

  private static Version.Summary summary(StatesArn.StateMachine arn, Version version) {
    return new Version.Summary(
        arn.qualified(String.valueOf(version.number())).text(),
        version.description(),
        version.createdAt());
  }

  private static int number(String token) {
    try {
      return Integer.parseInt(token);
    } catch (NumberFormatException _) {
      throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
    }
  }

  /// As precise as it is kept.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Refusal doesNotExist(String arn) {
    return new Refusal(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, "State Machine Does Not Exist: '" + arn + "'");
  }
}
