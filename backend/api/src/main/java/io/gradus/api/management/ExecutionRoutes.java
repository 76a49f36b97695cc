package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ForkService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The calls about executions that go on from others.
final class ExecutionRoutes {
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final ExecutionService executions;
  private final ExecutionFinder finder;
  private final ForkService forks;

  ExecutionRoutes(ExecutionService executions, ExecutionFinder finder, ForkService forks) {
    this.executions = executions;
    this.finder = finder;
    this.forks = forks;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "POST",
            "/executions/fork",
            "forkExecution",
            "Starts an execution before a state of an earlier one.",
            CREATED,
            Fork.class,
            Started.class,
            this::fork),
        new Route<>(
            "GET",
            "/executions/{executionArn}",
            "getExecution",
            "Shows an execution, and what it was forked from.",
            OK,
            Arn.class,
            Shown.class,
            this::show));
  }

  record Arn(@Member(required = true, min = 1, max = 256) String executionArn) {}

  /// @param eventId of the entry into the state that is meant; the last one where it is left out
  /// @param input any JSON; what the state got where it is left out
  /// @param variables an object; what they were there where it is left out
  /// @param version the number of the version to run, or `revision`; what the earlier execution ran
  ///   where both are left out
  /// @param mocks as `POST /executions` has them
  record Fork(
      @Member(required = true, min = 1, max = 256) String executionArn,
      @Member(required = true, min = 1, max = 80) String stateName,
      @Member(min = 1) @Nullable Integer eventId,
      @Nullable JsonNode input,
      @Nullable JsonNode variables,
      @Member(min = 1) @Nullable Integer version,
      @Member(min = 1) @Nullable Integer revision,
      @Member(min = 1, max = 80) @Nullable String name,
      @Member(max = 256, pattern = "\\p{ASCII}*") @Nullable String traceHeader,
      @Nullable JsonNode mocks) {}

  record Started(String executionArn, Instant startDate) {}

  record Shown(
      String executionArn,
      String stateMachineArn,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn,
      String name,
      ExecutionStatus status,
      Instant startDate,
      @Nullable Instant stopDate,
      Integer revision,
      Integer redriveCount,
      @Nullable Origin forkedFrom) {}

  /// @param stateName before which this one began
  record Origin(String executionArn, String stateName) {}

  private Started fork(Caller caller, Fork request) {
    Integer eventId = request.eventId();
    Execution.Started started =
        forks.fork(
            caller,
            new ForkService.Fork(
                request.executionArn(),
                request.stateName(),
                eventId == null ? null : eventId.longValue(),
                json(request.input()),
                request.variables() == null ? null : request.variables().toString(),
                new ForkService.Which(request.version(), request.revision()),
                request.name(),
                request.traceHeader(),
                request.mocks() == null ? null : request.mocks().toString()));
    return new Started(started.arn(), started.startedAt());
  }

  /// Text is taken for JSON text, as StartExecution has it.
  private static @Nullable String json(@Nullable JsonNode input) {
    return input == null ? null : input.isString() ? input.stringValue() : input.toString();
  }

  private Shown show(Caller caller, Arn request) {
    Execution found = executions.describe(caller, request.executionArn());
    String machine =
        found.stateMachineArn().substring(found.stateMachineArn().lastIndexOf(':') + 1);
    ExecutionFinder.Row row = finder.find(caller, machine, found.name());
    ExecutionLookup.Origin origin = finder.origin(caller, row).orElse(null);
    return new Shown(
        found.arn(),
        found.stateMachineArn(),
        found.stateMachineVersionArn(),
        found.stateMachineAliasArn(),
        found.name(),
        found.status(),
        found.startedAt(),
        found.stoppedAt(),
        row.revision(),
        found.redriveCount(),
        origin == null
            ? null
            : new Origin(finder.arn(caller, origin.stateMachine(), origin.name()), origin.state()));
  }
}
