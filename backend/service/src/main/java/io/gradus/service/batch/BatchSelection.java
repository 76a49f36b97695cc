package io.gradus.service.batch;

import io.gradus.engine.ExecutionStatus;
import io.gradus.runtime.Redrivability;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.batch.Batch.Action;
import io.gradus.service.batch.Batch.Selection;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the executions that a batch is asked for, and tells of each whether its state allows what
/// is asked. What that says is a forecast: the rules are the use cases' own, when it is worked on.
final class BatchSelection {
  private static final int PAGE = 1_000;

  private final ExecutionFinder finder;
  private final ExecutionRecords records;
  private final Arns arns;

  BatchSelection(ExecutionFinder finder, ExecutionRecords records, Arns arns) {
    this.finder = finder;
    this.records = records;
    this.arns = arns;
  }

  /// The executions, each once.
  ///
  /// @param more whether others fit as well, for which one batch has no room
  record Selected(List<Candidate> candidates, boolean more) {}

  /// An execution as it stands.
  ///
  /// @param known null where there is none of that ARN
  record Candidate(String arn, @Nullable Known known) {}

  /// What the rules ask about.
  record Known(
      ExecutionStatus status,
      boolean strict,
      long lastEventId,
      @Nullable Instant stoppedAt,
      boolean mapChild) {}

  /// Why the state of an execution does not allow it.
  ///
  /// @param error AWS's name of it; null where AWS has none
  record Obstacle(@Nullable String error, String reason) {}

  /// @throws Refusal InvalidArn, AccessDeniedException for another account's, ValidationException
  ///   for none or too many
  Selected select(Caller caller, Action action, Selection selection) {
    return switch (selection) {
      case Selection.Picked picked -> picked(caller, action, picked.executionArns());
      case Selection.Matching matching -> matching(caller, matching.wanted());
    };
  }

  private Selected picked(Caller caller, Action action, List<String> executionArns) {
    Set<String> distinct = new LinkedHashSet<>(executionArns);
    if (distinct.isEmpty() || distinct.size() > Batch.MAX_PICKED) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "Name 1 to " + Batch.MAX_PICKED + " executions, or those that a filter finds");
    }
    List<Candidate> found = new ArrayList<>();
    for (String arn : distinct) {
      found.add(new Candidate(arn, known(caller, action, arn)));
    }
    return new Selected(found, false);
  }

  private @Nullable Known known(Caller caller, Action action, String arnText) {
    StatesArn arn = arns.readExecution(caller, BatchService.operation(action), arnText);
    if (!(arn instanceof StatesArn.Execution execution)) {
      throw new Refusal(
          ErrorCode.INVALID_ARN, "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    return arn.region().equals(arns.region())
        ? records
            .summary(caller.tenant(), execution.stateMachine(), execution.name())
            .map(
                it ->
                    new Known(
                        it.status(),
                        it.strict(),
                        it.lastEventId(),
                        it.stoppedAt(),
                        it.mapChild() != null))
            .orElse(null)
        : null;
  }

  private Selected matching(Caller caller, ExecutionFinder.Wanted wanted) {
    List<Candidate> found = new ArrayList<>();
    String after = null;
    do {
      Page<ExecutionFinder.Row> page = finder.newest(caller, wanted, new Page.Request(PAGE, after));
      for (ExecutionFinder.Row row : page.items()) {
        found.add(
            new Candidate(
                row.arn(),
                new Known(
                    row.status(),
                    row.strict(),
                    row.events(),
                    row.stoppedAt(),
                    row.mapChild() != null)));
      }
      after = page.next();
    } while (after != null && found.size() < Batch.MAX_ITEMS);
    boolean more = after != null || found.size() > Batch.MAX_ITEMS;
    return new Selected(
        found.size() > Batch.MAX_ITEMS ? found.subList(0, Batch.MAX_ITEMS) : found, more);
  }

  /// Why its state does not allow it; null where it does.
  static @Nullable Obstacle obstacle(Action action, Candidate candidate, Instant now) {
    Known known = candidate.known();
    if (known == null) {
      return new Obstacle(
          ErrorCode.EXECUTION_DOES_NOT_EXIST.wireName(), "There is no such execution");
    }
    return switch (action) {
      case STOP ->
          known.status() == ExecutionStatus.RUNNING
              ? null
              : new Obstacle(null, over(known.status()));
      case REDRIVE -> {
        String why =
            known.mapChild()
                ? ExecutionService.REDRIVEN_WITH_ITS_MAP_RUN
                : Redrivability.whyNot(
                    known.status(), known.strict(), known.lastEventId(), known.stoppedAt(), now);
        yield why == null ? null : new Obstacle(ErrorCode.EXECUTION_NOT_REDRIVABLE.wireName(), why);
      }
    };
  }

  /// Why what is over cannot be stopped.
  static String over(ExecutionStatus status) {
    return "Execution is " + status + " and cannot be stopped";
  }
}
