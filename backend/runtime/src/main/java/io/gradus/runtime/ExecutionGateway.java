package io.gradus.runtime;

import io.gradus.engine.Command;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What a node does for its clients. Each stage completes when what it says is durable. It fails
/// only when the outcome could not be learnt: the call may be made again, each is idempotent.
public interface ExecutionGateway {
  /// Starts an execution: Standard ones, and asynchronous Express ones.
  CompletionStage<StartResult> start(StartRequest request);

  /// Runs an Express execution in memory, for up to five minutes. Nothing is stored.
  CompletionStage<SyncResult> runSync(StartRequest request);

  CompletionStage<StopResult> stop(
      ExecutionKey execution, @Nullable String error, @Nullable String cause);

  /// Changes the bounds of a Map Run that runs.
  ///
  /// @param execution whose Map it is
  /// @return false where it is over
  CompletionStage<Boolean> updateMapRun(ExecutionKey execution, Command.UpdateMapRun update);

  /// Takes a Standard execution that did not succeed up again where it failed.
  ///
  /// @param clientToken the same again, with no other redrive in between, is the same redrive; null
  ///   for none
  CompletionStage<RedriveResult> redrive(ExecutionKey execution, @Nullable String clientToken);

  /// Reports on a task by its token, from any node.
  ///
  /// @param tenant of the caller; a token of another tenant is not valid
  CompletionStage<CompletionResult> reportTask(TenantId tenant, String token, TaskReport report);

  /// Reports on a task that waits for work which Gradus looks after itself.
  CompletionStage<CompletionResult> reportTask(
      ExecutionKey execution, TaskId task, TaskReport report);

  /// How large a payload of a token's task may be; AWS's limit where the token names none.
  ///
  /// @param tenant of the caller; a token of another tenant names none
  default int maxPayloadBytes(TenantId tenant, String token) {
    return ExecutionInfo.Limits.AWS.payloadBytes();
  }

  /// Waits up to 60 s for a task of the activity.
  ///
  /// @param workerName told in the history, null for none
  CompletionStage<PollResult> pollActivity(
      TenantId tenant, String activityArn, @Nullable String workerName);

  /// A message was left in an execution's inbox: whoever moves it looks there now instead of within
  /// a second.
  void posted();

  /// Tells the listener of every commit from now on, until closed.
  AutoCloseable listen(ExecutionListener listener);
}
