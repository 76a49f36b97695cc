package io.gradus.service.definition;

import io.gradus.asl.graph.VariableReferences;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.LogLevel;
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
import io.gradus.service.tag.TagRecords;
import io.gradus.service.tag.TagRules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// State machines: made, changed, deleted, found, and definitions checked.
public class StateMachineService {
  /// How many are read at a time.
  private static final int PAGE = 500;

  private final StateMachineRecords records;
  private final Machines machines;
  private final TagRecords tags;
  private final Arns arns;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;
  private final LogDestinations destinations;

  /// Works on these records, and takes every destination of logs.
  public StateMachineService(
      StateMachineRecords records,
      Machines machines,
      TagRecords tags,
      Arns arns,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this(records, machines, tags, arns, transactions, audit, clock, LogDestinations.UNCHECKED);
  }

  /// Works on these records.
  ///
  /// @param destinations looks where logs are to be sent
  public StateMachineService(
      StateMachineRecords records,
      Machines machines,
      TagRecords tags,
      Arns arns,
      Transactions transactions,
      AuditTrail audit,
      Clock clock,
      LogDestinations destinations) {
    this.records = records;
    this.machines = machines;
    this.tags = tags;
    this.arns = arns;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.destinations = destinations;
  }

  /// What an update left behind.
  ///
  /// @param revisionId null while the state machine is as it was made
  /// @param versionArn null where none was published
  public record Updated(
      Instant updatedAt, @Nullable String revisionId, @Nullable String versionArn) {}

  /// What was made.
  ///
  /// @param versionArn null where none was published
  public record Created(StateMachine.Summary summary, @Nullable String versionArn) {}

  /// Makes a state machine, or finds the very same one made before.
  public StateMachine.Summary create(Caller caller, StateMachine.Draft draft) {
    return create(caller, draft, Publication.NONE).summary();
  }

  /// Makes a state machine and perhaps its first version, or finds the very same made before.
  public Created create(Caller caller, StateMachine.Draft draft, Publication publication) {
    Names.check(draft.name());
    StatesArn.StateMachine arn = arns.stateMachine(caller, draft.name());
    Access.require(caller, Permission.AUTHOR, "CreateStateMachine", arn.text());
    RoleArns.check(draft.roleArn());
    LoggingConfiguration logging =
        draft.logging() == null ? LoggingConfiguration.OFF : draft.logging();
    checkLogging(logging);
    TagRules.check(arn.text(), draft.tags());
    Definitions.check(draft.definition(), draft.type());
    checkDestination(caller, logging);
    Instant now = clock.instant();
    Stored fresh =
        new Stored(
            UUID.randomUUID(),
            draft.name(),
            draft.type(),
            StateMachine.Status.ACTIVE,
            UUID.randomUUID(),
            null,
            draft.definition(),
            draft.roleArn(),
            logging,
            draft.tracing() != null && draft.tracing(),
            draft.encryption() == null ? EncryptionConfiguration.OWN : draft.encryption(),
            Strictness.USUAL,
            now,
            now);
    Created made =
        transactions.call(
            caller.tenant(),
            () -> {
              Stored kept = records.insert(caller, fresh);
              if (kept.id().equals(fresh.id())) {
                tags.put(caller.tenant(), arn.text(), draft.tags());
                audit.record(caller, "CreateStateMachine", arn.text());
                return new Created(
                    summary(caller, kept), published(caller, arn, kept, publication, now));
              }
              if (!isSame(kept, fresh) || !isPublishedAlike(caller, kept, publication)) {
                throw new Refusal(
                    ErrorCode.STATE_MACHINE_ALREADY_EXISTS,
                    "State Machine Already Exists: '" + arn.text() + "'");
              }
              return new Created(
                  summary(caller, kept), published(caller, arn, kept, publication, now));
            });
    machines.changed(caller.tenant(), draft.name());
    return made;
  }

  /// The ARN of the revision's version, where one is wanted.
  private @Nullable String published(
      Caller caller, StatesArn.StateMachine arn, Stored stored, Publication wanted, Instant at) {
    if (!wanted.publish()) {
      return null;
    }
    Version version =
        records
            .publish(caller.tenant(), stored.id(), stored.revisionKey(), wanted.description(), at)
            .orElseThrow(() -> doesNotExist(arn.text()));
    return arn.qualified(String.valueOf(version.number())).text();
  }

  /// Whether making it again would have published the version that there is.
  private boolean isPublishedAlike(Caller caller, Stored kept, Publication wanted) {
    return !wanted.publish()
        || records
            .versionOf(caller.tenant(), kept.id(), kept.revisionKey())
            .filter(version -> Objects.equals(version.description(), wanted.description()))
            .isPresent();
  }

  private StateMachine.Summary summary(Caller caller, Stored stored) {
    return new StateMachine.Summary(
        arns.stateMachine(caller, stored.name()).text(),
        stored.name(),
        stored.type(),
        stored.createdAt());
  }

  /// What AWS compares when a name is used again: the role and the tags are not among it.
  private static boolean isSame(Stored one, Stored other) {
    return one.definition().equals(other.definition())
        && one.type() == other.type()
        && one.logging().equals(other.logging())
        && one.tracing() == other.tracing()
        && one.encryption().equals(other.encryption());
  }

  /// Changes a state machine.
  public Updated update(Caller caller, String arnText, StateMachine.Change change) {
    return update(caller, arnText, change, Publication.NONE);
  }

  /// Changes a state machine, and perhaps publishes what it is then.
  public Updated update(
      Caller caller, String arnText, StateMachine.Change change, Publication publication) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "UpdateStateMachine", arnText);
    Access.require(caller, Permission.AUTHOR, "UpdateStateMachine", arnText);
    if (change.isEmpty()) {
      throw new Refusal(
          ErrorCode.MISSING_REQUIRED_PARAMETER,
          "Either the definition, the role ARN, the LoggingConfiguration, or the"
              + " TracingConfiguration must be specified");
    }
    Stored stored = findUnqualified(caller, arn);
    if (change.roleArn() != null) {
      RoleArns.check(change.roleArn());
    }
    if (change.logging() != null) {
      checkLogging(change.logging());
    }
    if (change.definition() != null) {
      Definitions.check(change.definition(), stored.type());
    }
    if (change.logging() != null) {
      checkDestination(caller, change.logging());
    }
    Updated updated =
        transactions.call(
            caller.tenant(),
            () -> {
              Stored now =
                  records
                      .change(caller, stored.id(), change)
                      .orElseThrow(() -> doesNotExist(arnText));
              audit.record(caller, "UpdateStateMachine", arnText);
              return new Updated(
                  now.updatedAt(),
                  now.revisionId(),
                  published(caller, arn, now, publication, clock.instant()));
            });
    machines.changed(caller.tenant(), arn.name());
    return updated;
  }

  /// Deletes a state machine, if it is there.
  public void delete(Caller caller, String arnText) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "DeleteStateMachine", arnText);
    Access.require(caller, Permission.AUTHOR, "DeleteStateMachine", arnText);
    if (!isHere(arn) || arn.qualifier() != null) {
      return;
    }
    transactions.call(
        caller.tenant(),
        () -> {
          boolean deleted =
              records
                  .find(caller.tenant(), arn.name())
                  .map(stored -> records.delete(caller.tenant(), stored.id()))
                  .orElse(false);
          if (deleted) {
            tags.clear(caller.tenant(), arn.text());
            audit.record(caller, "DeleteStateMachine", arnText);
          }
          return deleted;
        });
    machines.changed(caller.tenant(), arn.name());
  }

  /// Shows a state machine.
  public StateMachine describe(Caller caller, String arnText) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "DescribeStateMachine", arnText);
    Access.require(caller, Permission.READ, "DescribeStateMachine", arnText);
    String qualifier = arn.qualifier();
    if (qualifier == null || !isHere(arn)) {
      return view(caller, findUnqualified(caller, arn));
    }
    StateMachineRecords.Published published =
        Qualifiers.version(qualifier)
            .flatMap(
                number ->
                    records
                        .find(caller.tenant(), arn.name())
                        .flatMap(found -> records.version(caller.tenant(), found.id(), number)))
            .orElseThrow(() -> doesNotExist(arnText));
    return view(caller, published.stored()).asVersion(arnText, published.version());
  }

  /// A stored state machine as it is shown.
  public StateMachine view(Caller caller, Stored stored) {
    return new StateMachine(
        arns.stateMachine(caller, stored.name()).text(),
        stored.name(),
        stored.type(),
        stored.status(),
        stored.definition(),
        stored.roleArn(),
        stored.logging(),
        stored.tracing(),
        stored.encryption(),
        stored.createdAt(),
        stored.updatedAt(),
        stored.revisionId(),
        null,
        VariableReferences.of(Definitions.parse(stored.definition())));
  }

  /// Lists the state machines.
  public Page<StateMachine.Summary> list(Caller caller, Page.Request request) {
    Access.require(
        caller, Permission.READ, "ListStateMachines", arns.stateMachine(caller, "*").text());
    Page<Stored> page = records.list(caller.tenant(), request);
    return new Page<>(
        page.items().stream().map(stored -> summary(caller, stored)).toList(), page.next());
  }

  /// The first of what [#list] lists.
  ///
  /// @param most how many are enough; there may be a page more
  public List<StateMachine.Summary> upTo(Caller caller, int most) {
    List<StateMachine.Summary> found = new ArrayList<>();
    String after = null;
    do {
      Page<StateMachine.Summary> page = list(caller, new Page.Request(PAGE, after));
      found.addAll(page.items());
      after = page.next();
    } while (after != null && found.size() < most);
    return found;
  }

  /// Every fault of a definition.
  public List<Diagnostic> validate(Caller caller, String definition, MachineType type) {
    Access.require(
        caller,
        Permission.READ,
        "ValidateStateMachineDefinition",
        arns.stateMachine(caller, "*").text());
    return Definitions.validate(definition, type);
  }

  private Stored findUnqualified(Caller caller, StatesArn.StateMachine arn) {
    if (arn.qualifier() != null || !isHere(arn)) {
      throw doesNotExist(arn.text());
    }
    return records.find(caller.tenant(), arn.name()).orElseThrow(() -> doesNotExist(arn.text()));
  }

  private boolean isHere(StatesArn arn) {
    return arn.region().equals(arns.region());
  }

  private static Refusal doesNotExist(String arn) {
    return new Refusal(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, "State Machine Does Not Exist: '" + arn + "'");
  }

  /// Last of all checks, since it may ask another service.
  private void checkDestination(Caller caller, LoggingConfiguration logging) {
    List<String> arns = logging.destinations();
    if (logging.level() == LogLevel.OFF || arns == null) {
      return;
    }
    for (String arn : arns) {
      destinations
          .fault(caller.tenant(), arn)
          .ifPresent(
              fault -> {
                throw new Refusal(
                    ErrorCode.INVALID_LOGGING_CONFIGURATION,
                    "Invalid Logging Configuration: " + fault);
              });
    }
  }

  private static void checkLogging(@Nullable LoggingConfiguration logging) {
    if (logging != null && !logging.isComplete()) {
      throw new Refusal(
          ErrorCode.INVALID_LOGGING_CONFIGURATION,
          "Invalid Logging Configuration: Must specify exactly one Log Destination.");
    }
  }
}
