package io.gradus.service.batch;

import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.TimeOrderedId;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.batch.Batch.Action;
import io.gradus.service.batch.Batch.Draft;
import io.gradus.service.batch.Batch.DryRun;
import io.gradus.service.batch.Batch.Reason;
import io.gradus.service.batch.Batch.Selection;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The batches of a tenant: forecast, asked for, cancelled, looked at. [BatchRuns] works on them.
public class BatchService {
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;

  private final BatchRecords records;
  private final BatchSelection selections;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;
  private final Runnable changed;

  /// Keeps them in these records.
  ///
  /// @param changed called when something else may be due; a hint, which may be lost
  public BatchService(
      BatchRecords records,
      ExecutionFinder finder,
      ExecutionRecords executions,
      Arns arns,
      Transactions transactions,
      AuditTrail audit,
      Clock clock,
      Runnable changed) {
    this.records = records;
    this.selections = new BatchSelection(finder, executions, arns);
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.changed = changed;
  }

  /// AWS's name of what is done to each.
  public static String operation(Action action) {
    return switch (action) {
      case STOP -> "StopExecution";
      case REDRIVE -> "RedriveExecution";
    };
  }

  /// What would become of a batch. Nothing is changed.
  ///
  /// @throws Refusal as [#create], where it does not depend on other batches
  public DryRun dryRun(Caller caller, Draft draft) {
    Access.require(caller, Permission.RUN, operation(draft.action()), "*");
    check(draft);
    BatchSelection.Selected selected = selections.select(caller, draft.action(), draft.selection());
    Instant now = clock.instant();
    Map<BatchSelection.Obstacle, Integer> obstacles = new HashMap<>();
    int eligible = 0;
    for (BatchSelection.Candidate candidate : selected.candidates()) {
      BatchSelection.Obstacle obstacle = BatchSelection.obstacle(draft.action(), candidate, now);
      if (obstacle == null) {
        eligible++;
      } else {
        obstacles.merge(obstacle, 1, Integer::sum);
      }
    }
    return new DryRun(
        selected.candidates().size(), selected.more(), eligible, byFrequency(obstacles));
  }

  private static List<Reason> byFrequency(Map<BatchSelection.Obstacle, Integer> obstacles) {
    List<Reason> reasons = new ArrayList<>();
    obstacles.forEach((why, count) -> reasons.add(new Reason(why.error(), why.reason(), count)));
    reasons.sort(
        Comparator.comparingInt(Reason::executions).reversed().thenComparing(Reason::reason));
    return reasons;
  }

  /// Makes a batch of all that is selected, whatever the state of each allows: what it does not is
  /// an item's result.
  ///
  /// @throws Refusal ValidationException where nothing is selected, ServiceQuotaExceededException
  ///   where as many as may be are open
  public Batch create(Caller caller, Draft draft) {
    Access.require(caller, Permission.RUN, operation(draft.action()), "*");
    check(draft);
    List<String> selected =
        selections.select(caller, draft.action(), draft.selection()).candidates().stream()
            .map(BatchSelection.Candidate::arn)
            .toList();
    if (selected.isEmpty()) {
      throw new Refusal(ErrorCode.VALIDATION, "No execution fits");
    }
    Instant now = clock.instant();
    Map<String, Object> asked = told(draft.selection());
    Batch batch =
        new Batch(
            TimeOrderedId.at(now.toEpochMilli()).toString(),
            draft.action(),
            draft.error(),
            draft.cause(),
            PayloadJson.MAPPER.writeValueAsString(asked),
            caller.principal(),
            now,
            null,
            null,
            selected.size(),
            0,
            0,
            0);
    transactions.call(
        caller.tenant(),
        () -> {
          if (records.countOpenAlone(caller.tenant()) >= Batch.MAX_OPEN) {
            throw new Refusal(
                ErrorCode.SERVICE_QUOTA_EXCEEDED,
                Batch.MAX_OPEN + " batches are being worked on: wait for one, or cancel one");
          }
          records.insert(caller.tenant(), batch, selected);
          audit.record(
              caller, "CreateBatch", resource(batch.id()), Change.made(change(batch, asked)));
          return true;
        });
    changed.run();
    return batch;
  }

  private static Map<String, Object> change(Batch batch, Map<String, Object> asked) {
    Map<String, Object> change = new TreeMap<>();
    change.put("action", operation(batch.action()));
    change.put("executions", batch.total());
    change.put("selection", asked);
    if (batch.error() != null) {
      change.put("error", batch.error());
    }
    return change;
  }

  /// As it is kept, shown and audited.
  private static Map<String, Object> told(Selection selection) {
    Map<String, Object> told = new TreeMap<>();
    switch (selection) {
      case Selection.Picked picked ->
          told.put("executions", Set.copyOf(picked.executionArns()).size());
      case Selection.Matching matching -> {
        ExecutionFinder.Wanted wanted = matching.wanted();
        put(told, "stateMachine", wanted.stateMachine());
        if (!wanted.statuses().isEmpty()) {
          told.put("statuses", wanted.statuses().stream().map(Enum::name).sorted().toList());
        }
        put(told, "startedFrom", wanted.startedFrom());
        put(told, "startedBefore", wanted.startedBefore());
        put(told, "namePrefix", wanted.namePrefix());
        put(told, "error", wanted.error());
      }
    }
    return told;
  }

  private static void put(Map<String, Object> told, String name, @Nullable Object value) {
    if (value != null) {
      told.put(name, value.toString());
    }
  }

  /// Has nothing more begun of a batch; what was done already stays done.
  ///
  /// @throws Refusal ConflictException where it is over
  public Batch cancel(Caller caller, String id) {
    Access.require(caller, Permission.RUN, "CancelBatch", resource(id));
    Batch cancelled =
        transactions.call(
            caller.tenant(),
            () -> {
              Batch before = find(caller, id);
              if (records.cancel(caller.tenant(), before.id(), caller.principal())) {
                audit.record(caller, "CancelBatch", resource(before.id()));
              } else if (before.endedAt() != null) {
                throw new Refusal(ErrorCode.CONFLICT, "The batch is over");
              }
              return find(caller, id);
            });
    changed.run();
    return cancelled;
  }

  /// How a batch stands.
  ///
  /// @throws Refusal ResourceNotFound
  public Batch get(Caller caller, String id) {
    Access.require(caller, Permission.READ, "GetBatch", resource(id));
    return find(caller, id);
  }

  /// The tenant's batches, newest first.
  public Page<Batch> list(Caller caller, Page.Request request) {
    Access.require(caller, Permission.READ, "ListBatches", "*");
    return records.list(caller.tenant(), request);
  }

  /// What came of a batch's items, in their order.
  ///
  /// @param outcomes none for any
  /// @throws Refusal ResourceNotFound
  public Page<Batch.Item> items(
      Caller caller, String id, Set<Batch.Outcome> outcomes, Page.Request request) {
    Access.require(caller, Permission.READ, "ListBatchItems", resource(id));
    return records.items(caller.tenant(), find(caller, id).id(), outcomes, request);
  }

  private Batch find(Caller caller, String id) {
    return records
        .find(caller.tenant(), id)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + resource(id) + "'"));
  }

  /// As the audit log names it.
  static String resource(String id) {
    return "batch/" + id;
  }

  private static void check(Draft draft) {
    if (draft.action() == Action.REDRIVE && (draft.error() != null || draft.cause() != null)) {
      throw new Refusal(
          ErrorCode.VALIDATION, "Only executions that are stopped are given an error and a cause");
    }
    if (hasNul(draft.selection())) {
      throw new Refusal(ErrorCode.VALIDATION, "A filter has no NUL");
    }
    if (isWrong(draft.error(), MAX_ERROR) || isWrong(draft.cause(), MAX_CAUSE)) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "An error has up to "
              + MAX_ERROR
              + " characters, a cause up to "
              + MAX_CAUSE
              + ", and no NUL");
    }
  }

  /// PostgreSQL has no text with a NUL.
  private static boolean hasNul(Selection selection) {
    return selection instanceof Selection.Matching(ExecutionFinder.Wanted wanted)
        && Stream.of(wanted.stateMachine(), wanted.namePrefix(), wanted.error())
            .anyMatch(text -> text != null && text.indexOf('\0') >= 0);
  }

  private static boolean isWrong(@Nullable String text, int longest) {
    return text != null && (text.length() > longest || text.indexOf('\0') >= 0);
  }
}
