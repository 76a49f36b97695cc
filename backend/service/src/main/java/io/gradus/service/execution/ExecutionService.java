package io.gradus.service.execution;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.Redrivability;
import io.gradus.runtime.RedriveResult;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.SyncResult;
import io.gradus.service.Awaiting;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.definition.StateMachineService;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Executions: started, stopped, found, and what happened in them.
public class ExecutionService {
  /// Why a child of a Map Run cannot be redriven by itself.
  public static final String REDRIVEN_WITH_ITS_MAP_RUN =
      "A child workflow execution of a Map Run is redriven with the execution that started the Map"
          + " Run";

  private final ExecutionRecords records;
  private final StartRequests starts;
  private final StateMachineService views;
  private final ExecutionGateway gateway;
  private final Arns arns;
  private final AuditTrail audit;
  private final Clock clock;
  private final SyncLog log;

  /// Works on these records, and starts through this gateway. Nothing is logged of executions that
  /// run in memory.
  public ExecutionService(
      ExecutionRecords records,
      Machines machines,
      StateMachineService views,
      ExecutionGateway gateway,
      Arns arns,
      AuditTrail audit,
      Clock clock) {
    this(records, machines, views, gateway, arns, audit, clock, SyncLog.NONE);
  }

  /// Works on these records, and starts through this gateway.
  ///
  /// @param audit one that keeps the engine's pace: it is told after the commit
  /// @param log is told of executions that ran in memory
  public ExecutionService(
      ExecutionRecords records,
      Machines machines,
      StateMachineService views,
      ExecutionGateway gateway,
      Arns arns,
      AuditTrail audit,
      Clock clock,
      SyncLog log) {
    this.records = records;
    this.starts = new StartRequests(machines, arns);
    this.views = views;
    this.gateway = gateway;
    this.arns = arns;
    this.audit = audit;
    this.clock = clock;
    this.log = log;
  }

  /// Which executions a list holds.
  ///
  /// @param status null for any
  /// @param redriven null for either
  /// @param qualifiedArn of the version or alias that started them; null for any
  public record Filter(
      @Nullable ExecutionStatus status, @Nullable Boolean redriven, @Nullable String qualifiedArn) {
    /// Whatever started them.
    public Filter(@Nullable ExecutionStatus status, @Nullable Boolean redriven) {
      this(status, redriven, null);
    }
  }

  /// Starts an execution; the answer comes when the start is durable.
  public Execution.Started start(Caller caller, Execution.Start start) {
    Execution.Started started =
        start(starts.prepared(caller, "StartExecution", start, null).request());
    audit.record(caller, "StartExecution", started.arn());
    return started;
  }

  /// Starts an execution whose name says what it was started for. Asked again for the same name, it
  /// answers with the same execution, also where that is over or had another input.
  ///
  /// @return its ARN
  public String startOnce(Caller caller, Execution.Start start) {
    StartRequest request =
        starts.prepared(caller, "StartExecution", start, null).request().startedOnce();
    return switch (Awaiting.outcome(gateway.start(request))) {
      case StartResult.Started started -> {
        audit.record(caller, "StartExecution", started.executionArn());
        yield started.executionArn();
      }
      case StartResult.AlreadyExists before -> before.executionArn();
      case StartResult.Throttled _ -> throw throttled();
    };
  }

  /// Starts an execution for a task of another one. Asked again for the same task, it answers with
  /// the same child, also where that is over.
  public Execution.Started startChild(
      Caller caller, Execution.Start start, StartRequest.Parent parent) {
    return start(starts.prepared(caller, "StartExecution", start, parent).request());
  }

  /// Starts an execution that goes on from another one; audited as what it is by its caller.
  Execution.Started startFork(StartRequest request) {
    return start(request);
  }

  private Execution.Started start(StartRequest request) {
    return switch (Awaiting.outcome(gateway.start(request))) {
      case StartResult.Started started ->
          new Execution.Started(started.executionArn(), started.startDate());
      case StartResult.AlreadyExists taken ->
          throw new Refusal(
              ErrorCode.EXECUTION_ALREADY_EXISTS,
              "Execution Already Exists: '" + taken.executionArn() + "'");
      case StartResult.Throttled _ -> throw throttled();
    };
  }

  private static Refusal throttled() {
    return new Refusal(ErrorCode.THROTTLING, "Rate exceeded");
  }

  /// Runs an Express execution to its end.
  public Execution startSync(Caller caller, Execution.Start start) {
    StartRequests.Prepared prepared = starts.prepared(caller, "StartSyncExecution", start, null);
    StartRequest request = prepared.request();
    if (!request.machine().express()) {
      throw new Refusal(
          ErrorCode.STATE_MACHINE_TYPE_NOT_SUPPORTED,
          "This operation is not supported by this type of state machine");
    }
    SyncResult.Ended result =
        switch (Awaiting.outcome(gateway.runSync(request))) {
          case SyncResult.Ended ended -> ended;
          case SyncResult.Throttled _ -> throw throttled();
        };
    audit.record(caller, "StartSyncExecution", result.executionArn());
    log.ended(
        result.execution().info().key(), request.machine().name(), prepared.logging(), result);
    io.gradus.engine.Execution ended = result.execution();
    return new Execution(
        result.executionArn(),
        request.machine().arn(),
        request.machine().versionArn(),
        request.machine().aliasArn(),
        ended.info().name(),
        ended.status(),
        result.startDate(),
        result.stopDate(),
        request.input().toString(),
        ended.output() == null ? null : ended.output().toString(),
        ended.error(),
        ended.cause(),
        start.traceHeader(),
        0,
        null,
        null);
  }

  /// Ends an execution; one that is over already is answered with its end.
  public Instant stop(
      Caller caller, String arnText, @Nullable String error, @Nullable String cause) {
    return stopped(caller, arnText, error, cause).at();
  }

  /// Ends an execution unless it is over.
  ///
  /// @return how it had ended already; empty where this call ended it
  public Optional<ExecutionStatus> stopUnlessOver(
      Caller caller, String arnText, @Nullable String error, @Nullable String cause) {
    return Optional.ofNullable(stopped(caller, arnText, error, cause).before());
  }

  /// @param before how it had ended already; null where it ran
  private record Stopped(Instant at, @Nullable ExecutionStatus before) {}

  private Stopped stopped(
      Caller caller, String arnText, @Nullable String error, @Nullable String cause) {
    StatesArn.Execution arn = standard(caller, "StopExecution", arnText);
    Access.require(caller, Permission.RUN, "StopExecution", arnText);
    ExecutionRecords.Summary found = findSummary(caller, arn);
    return switch (Awaiting.outcome(gateway.stop(found.key(), error, cause))) {
      case StopResult.Stopped stopped -> {
        audit.record(caller, "StopExecution", arnText);
        yield new Stopped(stopped.stopDate(), null);
      }
      case StopResult.NotRunning _ -> {
        ExecutionRecords.Summary over = findSummary(caller, arn);
        Instant stoppedAt = over.stoppedAt();
        yield new Stopped(stoppedAt == null ? found.startedAt() : stoppedAt, over.status());
      }
      case StopResult.NotFound _ -> throw doesNotExist(arn);
    };
  }

  /// Takes an execution that did not succeed up again where it failed.
  ///
  /// @param clientToken the same again is the same redrive; null for none
  /// @throws Refusal ExecutionNotRedrivable where it cannot
  public Instant redrive(Caller caller, String arnText, @Nullable String clientToken) {
    StatesArn.Execution arn = standard(caller, "RedriveExecution", arnText);
    Access.require(caller, Permission.RUN, "RedriveExecution", arnText);
    ExecutionRecords.Summary found = findSummary(caller, arn);
    if (found.mapChild() != null) {
      throw new Refusal(ErrorCode.EXECUTION_NOT_REDRIVABLE, REDRIVEN_WITH_ITS_MAP_RUN);
    }
    return switch (Awaiting.outcome(gateway.redrive(found.key(), clientToken))) {
      case RedriveResult.Redriven redriven -> {
        audit.record(caller, "RedriveExecution", arnText);
        yield redriven.redriveDate();
      }
      case RedriveResult.NotRedrivable not ->
          throw new Refusal(ErrorCode.EXECUTION_NOT_REDRIVABLE, not.why());
      case RedriveResult.NotFound _ -> throw doesNotExist(arn);
    };
  }

  /// Shows an execution.
  public Execution describe(Caller caller, String arnText) {
    StatesArn.Execution arn = standard(caller, "DescribeExecution", arnText);
    Access.require(caller, Permission.READ, "DescribeExecution", arnText);
    Optional<ExecutionRecords.Stored> found =
        isHere(arn)
            ? records.find(caller.tenant(), arn.stateMachine(), arn.name())
            : Optional.empty();
    ExecutionRecords.Stored stored = found.orElseThrow(() -> doesNotExist(arn));
    ExecutionRecords.Summary summary = stored.summary();
    return new Execution(
        arn.text(),
        arns.stateMachine(caller, arn.stateMachine()).text(),
        summary.versionArn(),
        summary.aliasArn(),
        summary.name(),
        summary.status(),
        summary.startedAt(),
        summary.stoppedAt(),
        stored.input(),
        stored.output(),
        stored.error(),
        stored.cause(),
        stored.traceHeader(),
        summary.redriveCount(),
        summary.redrivenAt(),
        Redrivability.whyNot(
            summary.status(),
            summary.strict(),
            summary.lastEventId(),
            summary.stoppedAt(),
            clock.instant()),
        MapRunService.arnOf(arns, caller, summary));
  }

  /// Shows the state machine as it was when the execution was started.
  public StateMachine describeStateMachine(Caller caller, String arnText) {
    String action = "DescribeStateMachineForExecution";
    StatesArn.Execution arn = standard(caller, action, arnText);
    Access.require(caller, Permission.READ, action, arnText);
    return records
        .stateMachineOf(findSummary(caller, arn).key())
        .map(stored -> views.view(caller, stored))
        .orElseThrow(() -> doesNotExist(arn));
  }

  /// The Map Run whose child an execution is; empty for others. Whoever asks was let see the
  /// execution already.
  public Optional<MapRunService.Child> mapRunOf(Caller caller, String arnText) {
    String action = "DescribeStateMachineForExecution";
    ExecutionRecords.Summary found = findSummary(caller, standard(caller, action, arnText));
    ExecutionRecords.MapChild child = found.mapChild();
    String arn = MapRunService.arnOf(arns, caller, found);
    return child == null || arn == null
        ? Optional.empty()
        : Optional.of(new MapRunService.Child(arn, child.label()));
  }

  /// Lists a state machine's executions, newest first.
  public Page<Execution.Summary> list(
      Caller caller, String arnText, Filter filter, Page.Request request) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "ListExecutions", arnText);
    Access.require(caller, Permission.READ, "ListExecutions", arnText);
    StateMachineRecords.Stored machine = starts.target(caller, arn).stored();
    if (machine.type() == MachineType.EXPRESS) {
      throw new Refusal(
          ErrorCode.STATE_MACHINE_TYPE_NOT_SUPPORTED,
          "This operation is not supported by this type of state machine");
    }
    Page<ExecutionRecords.Summary> page =
        records.list(
            caller.tenant(),
            machine.id(),
            arn.qualifier() == null
                ? filter
                : new Filter(filter.status(), filter.redriven(), arn.text()),
            request);
    return new Page<>(
        page.items().stream().map(summary -> view(arn, summary)).toList(), page.next());
  }

  private static Execution.Summary view(
      StatesArn.StateMachine machine, ExecutionRecords.Summary summary) {
    return new Execution.Summary(
        new StatesArn.Execution(machine.region(), machine.account(), machine.name(), summary.name())
            .text(),
        machine.unqualified().text(),
        summary.versionArn(),
        summary.aliasArn(),
        summary.name(),
        summary.status(),
        summary.startedAt(),
        summary.stoppedAt(),
        summary.redriveCount(),
        summary.redrivenAt(),
        null);
  }

  /// Lists what happened in an execution. A page has fewer events than asked for where they say
  /// much.
  ///
  /// @param reverse newest first
  public Page<Fact.HistoryEvent> history(
      Caller caller, String arnText, boolean reverse, Page.Request request) {
    return history(caller, arnText, reverse, true, request);
  }

  /// What [#history] lists, with no payload resolved.
  public Page<Fact.HistoryEvent> outline(
      Caller caller, String arnText, boolean reverse, Page.Request request) {
    return history(caller, arnText, reverse, false, request);
  }

  private Page<Fact.HistoryEvent> history(
      Caller caller, String arnText, boolean reverse, boolean isWhole, Page.Request request) {
    StatesArn.Execution arn = standard(caller, "GetExecutionHistory", arnText);
    Access.require(caller, Permission.READ, "GetExecutionHistory", arnText);
    ExecutionRecords.Summary execution = findSummary(caller, arn);
    long from = from(execution, reverse, request);
    List<Fact.HistoryEvent> page =
        from < 1
            ? List.of()
            : records.history(
                execution.key(),
                new ExecutionRecords.Stretch(from, reverse, request.limit(), isWhole));
    if (page.isEmpty()) {
      return new Page<>(page, null);
    }
    long last = page.getLast().id();
    boolean more = reverse ? last > 1 : last < execution.lastEventId();
    return new Page<>(page, more ? String.valueOf(last) : null);
  }

  private static long from(
      ExecutionRecords.Summary execution, boolean reverse, Page.Request request) {
    if (request.after() == null) {
      return reverse ? execution.lastEventId() : 1;
    }
    return Long.parseLong(request.after()) + (reverse ? -1 : 1);
  }

  /// Histories and descriptions are kept of Standard executions only, as AWS has it.
  private StatesArn.Execution standard(Caller caller, String action, String arnText) {
    return switch (arns.readExecution(caller, action, arnText)) {
      case StatesArn.Execution execution -> execution;
      case StatesArn.ExpressExecution _,
          StatesArn.StateMachine _,
          StatesArn.Activity _,
          StatesArn.MapRun _ ->
          throw new Refusal(
              ErrorCode.INVALID_ARN,
              "Invalid Arn: 'Resource type not valid in this context: express'");
    };
  }

  private ExecutionRecords.Summary findSummary(Caller caller, StatesArn.Execution arn) {
    Optional<ExecutionRecords.Summary> found =
        isHere(arn)
            ? records.summary(caller.tenant(), arn.stateMachine(), arn.name())
            : Optional.empty();
    return found.orElseThrow(() -> doesNotExist(arn));
  }

  private boolean isHere(StatesArn arn) {
    return arn.region().equals(arns.region());
  }

  private static Refusal doesNotExist(StatesArn.Execution arn) {
    return new Refusal(
        ErrorCode.EXECUTION_DOES_NOT_EXIST, "Execution Does Not Exist: '" + arn.text() + "'");
  }
}
