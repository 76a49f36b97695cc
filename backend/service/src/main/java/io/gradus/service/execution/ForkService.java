package io.gradus.service.execution;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.StateName;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.Payload;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Names;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Forks executions: starts a new one before any state of an earlier one, with what that state got
/// or with something else.
public class ForkService {
  private static final String ACTION = "ForkExecution";
  private static final int MAX_VARIABLE_NAME = 80;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ExecutionRecords records;
  private final Standpoints standpoints;
  private final StateMachineRecords stateMachines;
  private final Machines machines;
  private final ExecutionService executions;
  private final Arns arns;
  private final AuditTrail audit;

  /// Starts through these executions.
  ///
  /// @param audit one that keeps the engine's pace: it is told after the commit
  public ForkService(
      ExecutionRecords records,
      Standpoints standpoints,
      StateMachineRecords stateMachines,
      Machines machines,
      ExecutionService executions,
      Arns arns,
      AuditTrail audit) {
    this.records = records;
    this.standpoints = standpoints;
    this.stateMachines = stateMachines;
    this.machines = machines;
    this.executions = executions;
    this.arns = arns;
    this.audit = audit;
  }

  /// What is forked.
  ///
  /// @param executionArn the earlier execution
  /// @param stateName before which the new one begins
  /// @param eventId of the entry into that state that is meant; null for the last one
  /// @param input JSON text; null for what the state got
  /// @param variables a JSON object's text; null for what they were there
  /// @param definition which definition the new one runs
  public record Fork(
      String executionArn,
      String stateName,
      @Nullable Long eventId,
      @Nullable String input,
      @Nullable String variables,
      Which definition,
      @Nullable String name,
      @Nullable String traceHeader,
      @Nullable String mocks) {}

  /// Which definition of the state machine a fork runs: by its version's number or its revision's;
  /// neither is the one that the earlier execution ran.
  public record Which(@Nullable Integer version, @Nullable Integer revision) {
    public static final Which SAME = new Which(null, null);

    public Which {
      if (version != null && revision != null) {
        throw new Refusal(
            ErrorCode.VALIDATION, "Say the version or the revision to run, not both of them");
      }
    }
  }

  /// What a state got when it was entered, as JSON text.
  ///
  /// @param variables an object
  public record Offer(long eventId, String input, String variables) {}

  /// What a fork before that state begins with where nothing else is said.
  ///
  /// @throws Refusal ResourceNotFound where the execution never came there
  public Offer offer(Caller caller, String executionArn, String stateName, @Nullable Long eventId) {
    StatesArn.Execution arn = execution(caller, executionArn);
    Access.require(caller, Permission.READ, ACTION, executionArn);
    ExecutionRecords.Summary origin = summary(caller, arn);
    checkTopLevel(definition(revisionOf(origin)), new StateName(stateName), "that it ran");
    Standpoints.Standpoint there = standpoint(origin, stateName, eventId);
    return new Offer(
        there.eventId(), there.input().toString(), JSON.writeValueAsString(tree(there)));
  }

  /// Starts a new execution; the answer comes when the start is durable.
  public Execution.Started fork(Caller caller, Fork fork) {
    StatesArn.Execution arn = execution(caller, fork.executionArn());
    Access.require(caller, Permission.RUN, ACTION, fork.executionArn());
    if (fork.name() != null) {
      Names.check(fork.name());
    }
    ExecutionRecords.Summary origin = summary(caller, arn);
    StateMachineRecords.Stored ran = revisionOf(origin);
    StateName state = new StateName(fork.stateName());
    checkTopLevel(definition(ran), state, "that it ran");
    Machines.Target target = target(caller, ran, fork.definition());
    StatesArn.StateMachine machineArn = arns.stateMachine(caller, ran.name());
    Machine machine = machines.machine(target, machineArn);
    checkTopLevel(machine.definition(), state, "to run");
    int maxBytes = machine.limits().payloadBytes();
    Optional<Standpoints.Standpoint> there =
        fork.input() != null && fork.variables() != null && fork.eventId() == null
            ? Optional.empty()
            : Optional.of(standpoint(origin, fork.stateName(), fork.eventId()));
    Payload input =
        fork.input() == null
            ? there.orElseThrow().input()
            : Payload.ofText(ExecutionInput.check(fork.input(), maxBytes));
    Map<String, Payload> variables =
        fork.variables() == null
            ? there.orElseThrow().variables()
            : variables(fork.variables(), maxBytes);
    StartRequest request =
        new StartRequest(
                caller.tenant(),
                machine,
                fork.name(),
                input,
                fork.mocks() == null ? null : StartRequests.mocks(fork.mocks()),
                null,
                StartRequests.traceHeader(fork.traceHeader()),
                caller.principal())
            .forked(new StartRequest.Fork(origin.key(), state, detached(variables)));
    Execution.Started started = executions.startFork(request);
    audit.record(
        caller,
        ACTION,
        started.arn(),
        Change.made(Map.of("from", fork.executionArn(), "state", fork.stateName())));
    return started;
  }

  private StatesArn.Execution execution(Caller caller, String arnText) {
    if (arns.readExecution(caller, ACTION, arnText) instanceof StatesArn.Execution arn) {
      return arn;
    }
    throw new Refusal(
        ErrorCode.INVALID_ARN, "Invalid Arn: 'Resource type not valid in this context: express'");
  }

  private ExecutionRecords.Summary summary(Caller caller, StatesArn.Execution arn) {
    Optional<ExecutionRecords.Summary> found =
        arn.region().equals(arns.region())
            ? records.summary(caller.tenant(), arn.stateMachine(), arn.name())
            : Optional.empty();
    return found.orElseThrow(
        () ->
            new Refusal(
                ErrorCode.EXECUTION_DOES_NOT_EXIST,
                "Execution Does Not Exist: '" + arn.text() + "'"));
  }

  private StateMachineRecords.Stored revisionOf(ExecutionRecords.Summary origin) {
    StateMachineRecords.Stored ran =
        records
            .stateMachineOf(origin.key())
            .orElseThrow(() -> new IllegalStateException("expected what " + origin.key() + " ran"));
    if (ran.type() == MachineType.EXPRESS) {
      throw new Refusal(
          ErrorCode.STATE_MACHINE_TYPE_NOT_SUPPORTED,
          "This operation is not supported by this type of state machine");
    }
    return ran;
  }

  private Machines.Target target(Caller caller, StateMachineRecords.Stored ran, Which which) {
    if (ran.status() == StateMachine.Status.DELETING) {
      throw new Refusal(
          ErrorCode.STATE_MACHINE_DELETING,
          "State Machine is being deleted: '" + arns.stateMachine(caller, ran.name()).text() + "'");
    }
    Integer version = which.version();
    if (version != null) {
      StateMachineRecords.Stored stored =
          stateMachines
              .version(caller.tenant(), ran.id(), version)
              .map(StateMachineRecords.Published::stored)
              .orElseThrow(() -> nothing("This state machine has no version " + version + "."));
      String arn = arns.stateMachine(caller, ran.name()).qualified(version.toString()).text();
      return new Machines.Target(stored, arn, null);
    }
    Integer revision = which.revision();
    StateMachineRecords.Stored stored =
        revision == null
            ? ran
            : stateMachines
                .revision(caller.tenant(), ran.id(), revision)
                .orElseThrow(() -> nothing("This state machine has no revision " + revision + "."));
    return new Machines.Target(stored, null, null);
  }

  private Definition definition(StateMachineRecords.Stored ran) {
    return machines.definition(ran);
  }

  /// An execution begins in one place; within a Parallel or a Map there are several.
  private static void checkTopLevel(Definition definition, StateName state, String which) {
    if (definition.root().states().containsKey(state)) {
      return;
    }
    throw new Refusal(
        ErrorCode.VALIDATION,
        definition.has(state)
            ? "The state '%s' is inside of a Parallel or Map state: fork from that one instead."
                .formatted(state)
            : "The definition %s has no state '%s'.".formatted(which, state));
  }

  private Standpoints.Standpoint standpoint(
      ExecutionRecords.Summary origin, String state, @Nullable Long eventId) {
    return standpoints
        .find(origin.key(), state, eventId)
        .orElseThrow(
            () ->
                nothing(
                    eventId == null
                        ? "The execution never came to the state '" + state + "'."
                        : "Event " + eventId + " is no entry into the state '" + state + "'."));
  }

  private static Map<String, Payload> variables(String json, int maxBytes) {
    byte[] utf8 = ExecutionInput.check(json, maxBytes);
    JsonNode tree = JSON.readTree(utf8);
    if (!tree.isObject()) {
      throw new Refusal(ErrorCode.VALIDATION, "The variables must be a JSON object");
    }
    Map<String, Payload> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> variable : tree.properties()) {
      String name = variable.getKey();
      if (name.isEmpty()
          || name.length() > MAX_VARIABLE_NAME
          || name.equals("states")
          || !name.codePoints().allMatch(Character::isUnicodeIdentifierPart)
          || !Character.isUnicodeIdentifierStart(name.codePointAt(0))) {
        throw new Refusal(ErrorCode.VALIDATION, "'" + name + "' is no name of a variable");
      }
      variables.put(name, Payload.of(variable.getValue()));
    }
    return variables;
  }

  /// By name: a scope keeps no order, and a reader should meet the same one each time.
  private static Map<String, JsonNode> tree(Standpoints.Standpoint there) {
    Map<String, JsonNode> tree = new TreeMap<>();
    there.variables().forEach((name, value) -> tree.put(name, value.json()));
    return tree;
  }

  private static Map<String, Payload> detached(Map<String, Payload> variables) {
    Map<String, Payload> detached = new LinkedHashMap<>();
    variables.forEach((name, value) -> detached.put(name, value.detached()));
    return detached;
  }

  private static Refusal nothing(String what) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, what);
  }
}
