package io.gradus.integrations.states;

import io.gradus.asl.model.Resource;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Starts executions for tasks that do.
public interface ExecutionStarter {
  /// Starts a child within the parent's tenant. Asked again with the same [StartRequest#parent] it
  /// answers with the same child, also where that child is already closed: this is how a repeated
  /// delivery is told from a taken name. The stage completes exceptionally for defects, and where
  /// the database did not tell what became of the start.
  CompletionStage<Answer> start(StartRequest request);

  /// The task that started it `.sync` is over: end the child if it still runs, best effort.
  void stopChild(ParentLink parent);

  /// Which task started a child.
  ///
  /// @param pattern `SYNC` where the child's end completes the task; the inbox of the parent then
  ///   gets it
  record ParentLink(
      ExecutionKey execution, String executionArn, TaskId task, Resource.Pattern pattern) {}

  /// What a task asks to start.
  ///
  /// @param stateMachineArn as the definition names it: a machine, a version or an alias, not yet
  ///   known to exist or to be the tenant's
  /// @param name the child's name; where the definition gives none, one that is the same for every
  ///   delivery of the task
  /// @param input the child's input; may be text that is not JSON, which is `InvalidExecutionInput`
  /// @param mocks given results for the child's own states, as a start takes them; null for none
  record StartRequest(
      ParentLink parent,
      String stateMachineArn,
      String name,
      String input,
      @Nullable String traceHeader,
      @Nullable String mocks) {}

  /// What came of a start.
  sealed interface Answer {
    record Started(String executionArn, Instant startDate) implements Answer {}

    /// The API said no.
    ///
    /// @param errorCode of the StartExecution API (`StateMachineDoesNotExist`)
    /// @param status its HTTP status
    record Refused(String errorCode, String message, int status) implements Answer {}
  }
}
