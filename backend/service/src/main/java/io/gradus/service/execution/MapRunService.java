package io.gradus.service.execution;

import io.gradus.engine.Command;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.runtime.ExecutionGateway;
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
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Map Runs: looked at, listed and changed while they run.
public class MapRunService {
  private final ExecutionRecords executions;
  private final MapRunRecords records;
  private final ExecutionGateway gateway;
  private final Arns arns;
  private final AuditTrail audit;

  /// Works on these records, and changes through this gateway.
  public MapRunService(
      ExecutionRecords executions,
      MapRunRecords records,
      ExecutionGateway gateway,
      Arns arns,
      AuditTrail audit) {
    this.executions = executions;
    this.records = records;
    this.gateway = gateway;
    this.arns = arns;
    this.audit = audit;
  }

  /// A Map Run as it stands.
  ///
  /// @param stateMachineArn that its children have
  public record Described(
      String arn,
      String executionArn,
      String stateMachineArn,
      MapRun.Status status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      int maxConcurrency,
      double toleratedFailurePercentage,
      long toleratedFailureCount,
      Counts items,
      Counts children,
      int redriveCount,
      @Nullable Instant redrivenAt) {}

  /// How many items, or child executions, there are of each kind.
  ///
  /// @param resultsWritten to files; of a Map Run that writes none, to its output
  /// @param failuresNotRedrivable of those that did not succeed
  public record Counts(
      long pending,
      long running,
      long succeeded,
      long failed,
      long timedOut,
      long aborted,
      long total,
      long resultsWritten,
      long failuresNotRedrivable,
      long pendingRedrive) {}

  /// What a child of a Map Run is told by.
  ///
  /// @param label of the Map
  public record Child(String mapRunArn, String label) {}

  /// Other bounds for a Map Run; null leaves one as it is.
  public record Change(
      @Nullable Integer maxConcurrency,
      @Nullable Double toleratedFailurePercentage,
      @Nullable Long toleratedFailureCount) {}

  /// Shows a Map Run.
  public Described describe(Caller caller, String arnText) {
    return view(caller, find(caller, Permission.READ, "DescribeMapRun", arnText));
  }

  /// Lists an execution's Map Runs, newest first.
  public Page<Described> list(Caller caller, String arnText, Page.Request request) {
    Page<MapRunRecords.Stored> page = records.list(execution(caller, arnText).key(), request);
    return new Page<>(page.items().stream().map(each -> view(caller, each)).toList(), page.next());
  }

  /// Checks that the caller may know of an execution's Map Runs.
  ///
  /// @throws Refusal ExecutionDoesNotExist where there is no such execution
  private ExecutionRecords.Summary execution(Caller caller, String arnText) {
    String action = "ListMapRuns";
    if (!(arns.readExecution(caller, action, arnText) instanceof StatesArn.Execution arn)) {
      throw new Refusal(
          ErrorCode.INVALID_ARN, "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    Access.require(caller, Permission.READ, action, arnText);
    return (arn.region().equals(arns.region())
            ? executions.summary(caller.tenant(), arn.stateMachine(), arn.name())
            : Optional.<ExecutionRecords.Summary>empty())
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.EXECUTION_DOES_NOT_EXIST,
                    "Execution Does Not Exist: '" + arn.text() + "'"));
  }

  /// Lists a Map Run's child executions, those begun last first.
  public Page<Execution.Summary> children(
      Caller caller, String arnText, ExecutionService.Filter filter, Page.Request request) {
    MapRunRecords.Stored found = find(caller, Permission.READ, "ListExecutions", arnText);
    Page<ExecutionRecords.Summary> page =
        executions.children(caller.tenant(), found.mapRun().id(), filter, request);
    return new Page<>(
        page.items().stream().map(child -> view(caller, found, child)).toList(), page.next());
  }

  /// Changes the bounds of a Map Run that runs.
  public void update(Caller caller, String arnText, Change change) {
    String action = "UpdateMapRun";
    MapRunRecords.Stored found = find(caller, Permission.RUN, action, arnText);
    Integer concurrency = change.maxConcurrency();
    Double percentage = change.toleratedFailurePercentage();
    Long count = change.toleratedFailureCount();
    if (concurrency == null && percentage == null && count == null) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "At least one of maxConcurrency, toleratedFailurePercentage and toleratedFailureCount"
              + " must be provided");
    }
    if ((concurrency != null && concurrency < 0)
        || (count != null && count < 0)
        || (percentage != null && !(percentage >= 0 && percentage <= 100))) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "maxConcurrency and toleratedFailureCount must not be negative, and"
              + " toleratedFailurePercentage must be between 0 and 100");
    }
    boolean updated =
        found.mapRun().status() == MapRun.Status.RUNNING
            && Awaiting.outcome(
                gateway.updateMapRun(
                    found.execution(),
                    new Command.UpdateMapRun(
                        found.mapRun().id(),
                        concurrency,
                        count == null ? null : (int) Math.min(count, Integer.MAX_VALUE),
                        percentage)));
    if (!updated) {
      throw new Refusal(
          ErrorCode.VALIDATION, "The Map Run '" + arnText + "' is over and cannot be updated");
    }
    audit.record(caller, action, arnText);
  }

  private MapRunRecords.Stored find(
      Caller caller, Permission permission, String action, String arnText) {
    StatesArn.MapRun arn = arns.readMapRun(caller, action, arnText);
    Access.require(caller, permission, action, arnText);
    UUID id;
    try {
      id = UUID.fromString(arn.id());
    } catch (IllegalArgumentException _) {
      throw notFound(arnText);
    }
    if (!arn.region().equals(arns.region())) {
      throw notFound(arnText);
    }
    return records
        .find(caller.tenant(), id)
        .filter(
            stored ->
                unlabelled(stored.stateMachine()).equals(arn.stateMachine())
                    && stored.mapRun().label().equals(arn.label()))
        .orElseThrow(() -> notFound(arnText));
  }

  private static Refusal notFound(String arnText) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + arnText + "'");
  }

  private Described view(Caller caller, MapRunRecords.Stored stored) {
    MapRun run = stored.mapRun();
    MapProgress progress = run.progress();
    String machine = unlabelled(stored.stateMachine());
    Double percentage = progress.tolerance().percentage();
    Integer count = progress.tolerance().count();
    return new Described(
        arn(arns, caller, machine, run.label(), run.id()),
        new StatesArn.Execution(
                arns.region(), caller.account(), stored.stateMachine(), stored.executionName())
            .text(),
        arns.stateMachine(caller, machine + "/" + run.label()).text(),
        run.status(),
        run.startedAt(),
        run.stoppedAt(),
        progress.maxConcurrency(),
        percentage == null ? 0 : percentage,
        count == null ? 0 : count,
        items(run),
        children(run),
        run.redriveCount(),
        run.redrivenAt());
  }

  /// How a Map Run's items stand.
  public static Counts items(MapRun run) {
    MapProgress p = run.progress();
    long total = run.total() == null ? p.items() : run.total();
    return new Counts(
        total - p.items(),
        p.runningItems(),
        p.succeededItems(),
        p.failedItems(),
        p.timedOutItems(),
        p.abortedItems(),
        total,
        written(run, MapProgress.Written::items, p.succeededItems()),
        p.notRedrivableItems(),
        p.redriving() == null ? 0 : p.redriving().pendingItems());
  }

  private static long written(MapRun run, ToLongFunction<MapProgress.Written> files, long output) {
    MapProgress.Written written = run.progress().written();
    if (written != null) {
      return files.applyAsLong(written);
    }
    return run.status() == MapRun.Status.SUCCEEDED ? output : 0;
  }

  /// How a Map Run's child executions stand. How many batches the items that wait will make is
  /// known where each is a child of its own, or where they are written down.
  public static Counts children(MapRun run) {
    MapProgress p = run.progress();
    MapProgress.Written written = p.written();
    boolean single = p.children() == p.items();
    long pending = single && run.total() != null ? run.total() - p.items() : 0;
    if (written != null) {
      pending = Math.max(0, written.children() - p.children());
    }
    return new Counts(
        pending,
        p.running(),
        p.succeeded(),
        p.failed(),
        p.timedOut(),
        p.aborted(),
        p.children() + pending,
        written(run, MapProgress.Written::children, p.succeeded()),
        p.notRedrivable(),
        p.redriving() == null ? 0 : p.redriving().pending());
  }

  private Execution.Summary view(
      Caller caller, MapRunRecords.Stored run, ExecutionRecords.Summary child) {
    String machine = unlabelled(run.stateMachine()) + "/" + run.mapRun().label();
    return new Execution.Summary(
        new StatesArn.Execution(arns.region(), caller.account(), machine, child.name()).text(),
        arns.stateMachine(caller, machine).text(),
        child.versionArn(),
        child.aliasArn(),
        child.name(),
        child.status(),
        child.startedAt(),
        child.stoppedAt(),
        child.redriveCount(),
        child.redrivenAt(),
        arn(arns, caller, unlabelled(run.stateMachine()), run.mapRun().label(), run.mapRun().id()));
  }

  /// The ARN of the Map Run whose child an execution is; null for others.
  static @Nullable String arnOf(Arns arns, Caller caller, ExecutionRecords.Summary execution) {
    ExecutionRecords.MapChild child = execution.mapChild();
    return child == null
        ? null
        : arn(arns, caller, execution.stateMachineName(), child.label(), child.mapRunId());
  }

  private static String arn(Arns arns, Caller caller, String machine, String label, UUID id) {
    return new StatesArn.MapRun(arns.region(), caller.account(), machine, label, id.toString())
        .text();
  }

  private static String unlabelled(String stateMachine) {
    int slash = stateMachine.indexOf('/');
    return slash < 0 ? stateMachine : stateMachine.substring(0, slash);
  }
}
