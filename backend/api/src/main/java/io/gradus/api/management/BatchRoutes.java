package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchService;
import io.gradus.service.execution.ExecutionFinder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The calls about many executions that are stopped or redriven by one request.
final class BatchRoutes {
  private static final int OK = 200;
  private static final int PAGE = 100;

  private final BatchService batches;

  BatchRoutes(BatchService batches) {
    this.batches = batches;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "POST",
            "/batches",
            "createBatch",
            "Stops or redrives many executions, one after another; or says what would become of that.",
            OK,
            Create.class,
            Created.class,
            this::create),
        new Route<>(
            "GET",
            "/batches",
            "listBatches",
            "Lists the batches that are kept, newest first.",
            OK,
            None.class,
            Batches.class,
            (caller, _) ->
                new Batches(
                    batches.list(caller, new Page.Request(Batch.KEPT, null)).items().stream()
                        .map(Shown::of)
                        .toList())),
        new Route<>(
            "GET",
            "/batches/{id}",
            "getBatch",
            "Shows how a batch stands.",
            OK,
            Id.class,
            Shown.class,
            (caller, r) -> Shown.of(batches.get(caller, r.id()))),
        new Route<>(
            "POST",
            "/batches/{id}/items/search",
            "searchBatchItems",
            "Lists what came of a batch's executions.",
            OK,
            Search.class,
            Items.class,
            this::search),
        new Route<>(
            "POST",
            "/batches/{id}/cancel",
            "cancelBatch",
            "Has nothing more begun of a batch; what was done stays done.",
            OK,
            Id.class,
            Shown.class,
            (caller, r) -> Shown.of(batches.cancel(caller, r.id()))));
  }

  record None() {}

  record Id(@Member(required = true, min = 1, max = 64) String id) {}

  /// One of `executionArns` and `filter`.
  ///
  /// @param executionArns up to 1,000
  /// @param filter finds the executions; of more than 10,000 the newest are taken
  /// @param error that executions are stopped with
  /// @param cause that executions are stopped with
  /// @param dryRun whether only to say what would become of it
  record Create(
      @Member(required = true, pattern = "stop|redrive") String action,
      @Member(min = 1, max = 256) @Nullable List<String> executionArns,
      @Nullable Filter filter,
      @Member(max = 256) @Nullable String error,
      @Member(max = 32_768) @Nullable String cause,
      @Nullable Boolean dryRun) {}

  /// What is left out filters nothing.
  ///
  /// @param stateMachine its name
  /// @param startedFrom the first moment, such as `2026-11-28T15:00:00Z`
  /// @param startedBefore the moment after the last one
  /// @param namePrefix what the executions' names begin with
  /// @param error that they ended with, exactly
  record Filter(
      @Member(max = 80) @Nullable String stateMachine,
      @Member(max = 16) @Nullable List<String> statuses,
      @Member(max = 40) @Nullable String startedFrom,
      @Member(max = 40) @Nullable String startedBefore,
      @Member(max = 80) @Nullable String namePrefix,
      @Member(max = 256) @Nullable String error) {}

  /// @param dryRun what would become of it; there is no batch then
  record Created(@Nullable Shown batch, @Nullable Forecast dryRun) {}

  /// @param more whether others fit as well, for which one batch has no room
  record Forecast(Integer selected, Boolean more, Integer eligible, List<Reason> others) {}

  record Reason(@Nullable String error, String reason, Integer executions) {}

  record Batches(List<Shown> batches) {}

  record Shown(
      String id,
      String action,
      String status,
      @Nullable String error,
      @Nullable String cause,
      JsonNode selection,
      String createdBy,
      Instant createdAt,
      @Nullable String cancelledBy,
      @Nullable Instant endedAt,
      Integer total,
      Integer done,
      Integer refused,
      Integer cancelled,
      Integer waiting) {
    static Shown of(Batch kept) {
      return new Shown(
          kept.id(),
          wire(kept.action()),
          kept.status().name(),
          kept.error(),
          kept.cause(),
          PayloadJson.MAPPER.readTree(kept.selection()),
          kept.createdBy(),
          kept.createdAt(),
          kept.cancelledBy(),
          kept.endedAt(),
          kept.total(),
          kept.done(),
          kept.refused(),
          kept.cancelled(),
          kept.waiting());
    }
  }

  record Search(
      @Member(required = true, min = 1, max = 64) String id,
      @Member(pattern = "WAITING|DONE|REFUSED|CANCELLED") @Nullable String outcome,
      @Member(min = 1, max = 1_000) @Nullable Integer maxResults,
      @Member(pattern = "[0-9]{1,5}") @Nullable String nextToken) {}

  record Items(List<Item> items, @Nullable String nextToken) {}

  record Item(
      Integer number,
      String executionArn,
      String outcome,
      @Nullable String error,
      @Nullable String reason,
      @Nullable Instant at) {
    static Item of(Batch.Item kept) {
      return new Item(
          kept.number(),
          kept.executionArn(),
          kept.outcome().name(),
          kept.error(),
          kept.reason(),
          kept.at());
    }
  }

  private Created create(Caller caller, Create request) {
    Batch.Draft draft =
        new Batch.Draft(
            Batch.Action.valueOf(request.action().toUpperCase(Locale.ROOT)),
            selection(request.executionArns(), request.filter()),
            request.error(),
            request.cause());
    if (!Boolean.TRUE.equals(request.dryRun())) {
      return new Created(Shown.of(batches.create(caller, draft)), null);
    }
    Batch.DryRun run = batches.dryRun(caller, draft);
    return new Created(
        null,
        new Forecast(
            run.selected(),
            run.more(),
            run.eligible(),
            run.others().stream()
                .map(why -> new Reason(why.error(), why.reason(), why.executions()))
                .toList()));
  }

  private static Batch.Selection selection(@Nullable List<String> arns, @Nullable Filter filter) {
    if (arns != null && filter == null) {
      return new Batch.Selection.Picked(arns);
    }
    if (filter == null || arns != null) {
      throw new Refusal(ErrorCode.VALIDATION, "A batch has one of executionArns and filter");
    }
    return new Batch.Selection.Matching(
        new ExecutionFinder.Wanted(
            filter.stateMachine(),
            statuses(filter.statuses()),
            MomentText.read("startedFrom", filter.startedFrom()),
            MomentText.read("startedBefore", filter.startedBefore()),
            filter.namePrefix(),
            filter.error()));
  }

  private static Set<ExecutionStatus> statuses(@Nullable List<String> names) {
    try {
      return names == null
          ? Set.of()
          : names.stream().map(ExecutionStatus::valueOf).collect(Collectors.toSet());
    } catch (IllegalArgumentException _) {
      throw new Refusal(
          ErrorCode.VALIDATION, "A status is RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED");
    }
  }

  private Items search(Caller caller, Search request) {
    Page<Batch.Item> page =
        batches.items(
            caller,
            request.id(),
            request.outcome() == null ? Set.of() : Set.of(Batch.Outcome.valueOf(request.outcome())),
            new Page.Request(
                request.maxResults() == null ? PAGE : request.maxResults(), request.nextToken()));
    return new Items(page.items().stream().map(Item::of).toList(), page.next());
  }

  private static String wire(Batch.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
