package io.gradus.service.approval;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.approval.ApprovalPlace.Standing;
import io.gradus.service.execution.ExecutionService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells where approvals stand in their executions, from the latest events.
public final class ApprovalPlaces {
  /// What was before these is too far away to be drawn.
  private static final int EVENTS = 500;

  private final ExecutionService executions;

  /// Looks into these executions.
  public ApprovalPlaces(ExecutionService executions) {
    this.executions = executions;
  }

  /// Where an approval stands.
  public ApprovalPlace of(Caller caller, Approval.Summary approval) {
    String arn = approval.executionArn();
    Page<Fact.HistoryEvent> latest =
        executions.outline(caller, arn, true, new Page.Request(EVENTS, null));
    return new ApprovalPlace(
        executions.describeStateMachine(caller, arn).definition(), states(latest.items()));
  }

  /// @param events newest first
  static Map<String, Standing> states(List<Fact.HistoryEvent> events) {
    Map<String, Standing> states = new HashMap<>();
    Set<Long> failures =
        events.stream()
            .filter(event -> isFailure(event.details()))
            .map(Fact.HistoryEvent::id)
            .collect(Collectors.toSet());
    Standing open = Standing.ENTERED;
    for (Fact.HistoryEvent event : events) {
      switch (event.details()) {
        case Details.StateEntered entered -> states.putIfAbsent(entered.name().value(), open);
        case Details.StateExited exited ->
            states.putIfAbsent(
                exited.name().value(),
                failures.contains(event.previousEventId()) ? Standing.CAUGHT : Standing.LEFT);
        case Details.ExecutionFailed _, Details.ExecutionTimedOut _ -> open = Standing.FAILED;
        case Details.ExecutionAborted _ -> open = Standing.STOPPED;
        default -> {
          // other events change no state's standing
        }
      }
    }
    return states;
  }

  /// What a state is left after where a catcher led on.
  private static boolean isFailure(Details details) {
    return details instanceof Details.TaskFailed
        || details instanceof Details.EvaluationFailed
        || details instanceof Details.ParallelFailed
        || details instanceof Details.MapFailed
        || details instanceof Details.MapRunFailed;
  }
}
