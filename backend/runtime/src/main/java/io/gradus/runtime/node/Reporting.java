package io.gradus.runtime.node;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Frame;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.TaskReport;
import io.gradus.runtime.task.TaskTokens;
import io.gradus.store.engine.ExecutionClaims;
import io.gradus.store.engine.Inbox;
import io.gradus.store.engine.OpenTasks;
import io.gradus.store.engine.StoredExecution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What clients tell executions: reports on tasks, and stops. Straight to the mailbox where the
/// execution is here; through its inbox where another node has it or none.
final class Reporting {
  /// How long a client waits for the owner of an execution to stop it: past a take-over.
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final Surroundings around;
  private final HotExecutions hot;
  private final Mover mover;
  private final Loading loading;
  private final TaskTokens tokens;
  private final Stores stores;
  private final boolean moves;

  /// Where it leaves what is for others.
  record Stores(OpenTasks tasks, Inbox inbox, ExecutionClaims claims, DatabaseShelf shelf) {}

  Reporting(
      Surroundings around,
      HotExecutions hot,
      Mover mover,
      Loading loading,
      TaskTokens tokens,
      Stores stores,
      boolean moves) {
    this.around = around;
    this.hot = hot;
    this.mover = mover;
    this.loading = loading;
    this.tokens = tokens;
    this.stores = stores;
    this.moves = moves;
  }

  /// How large a payload of a token's task may be; AWS's limit where the token names none.
  int maxPayloadBytes(TenantId tenant, String token) {
    return tokens
        .read(token)
        .map(TaskTokens.Named::execution)
        .filter(key -> key.tenant().equals(tenant))
        .flatMap(
            key -> {
              HotExecution there = hot.find(key);
              return there != null
                  ? Optional.of(there.execution().info().limits())
                  : stores.shelf().ended(key).map(found -> found.info().limits());
            })
        .orElse(ExecutionInfo.Limits.AWS)
        .payloadBytes();
  }

  CompletionStage<CompletionResult> report(TenantId tenant, String token, TaskReport report) {
    Optional<TaskTokens.Named> named = tokens.read(token);
    if (named.isEmpty() || !named.get().execution().tenant().equals(tenant)) {
      return CompletableFuture.completedFuture(CompletionResult.INVALID_TOKEN);
    }
    return report(named.get().execution(), named.get().task(), report);
  }

  CompletionStage<CompletionResult> report(ExecutionKey key, TaskId task, TaskReport report) {
    HotExecution there = moves && around.lease().isValid() ? hot.find(key) : null;
    if (there == null) {
      return away(() -> reportAway(key, task, report));
    }
    if (!isOpen(there.execution(), task)) {
      return CompletableFuture.completedFuture(CompletionResult.TASK_TIMED_OUT);
    }
    Delivery delivery = Delivery.client(command(task, report));
    if (!mover.deliver(there, delivery)) {
      return away(() -> reportAway(key, task, report));
    }
    return delivery
        .answer()
        .thenCompose(
            answer ->
                switch (answer) {
                  case Answer.Done _ -> done(CompletionResult.DONE);
                  case Answer.Refused _ -> done(CompletionResult.TASK_TIMED_OUT);
                  case Answer.Elsewhere _ -> away(() -> reportAway(key, task, report));
                });
  }

  /// Whether others than the task's own call may complete it. One that is not known here any more
  /// is refused by the engine.
  private static boolean isOpen(Execution execution, TaskId task) {
    Frame frame = execution.frames().get(task.frame());
    return frame == null
        || frame.at() == null
        || !(execution.info().definition().state(frame.at().state()) instanceof State.Task state)
        || state.resource().isActivity()
        || state.resource().pattern() != Resource.Pattern.REQUEST_RESPONSE;
  }

  private CompletionResult reportAway(ExecutionKey key, TaskId task, TaskReport report) {
    byte[] message =
        switch (report) {
          case TaskReport.Success s -> InboxMessage.success(task, s.output());
          case TaskReport.Failure f -> InboxMessage.failure(task, f.error(), f.cause());
          case TaskReport.Heartbeat _ -> null;
        };
    if (message == null) {
      // Whoever decides on the timeout reads the row first.
      return stores.tasks().heartbeat(key, task).isPresent()
          ? CompletionResult.DONE
          : CompletionResult.TASK_TIMED_OUT;
    }
    String source = "report:" + task.attempt() + "@" + task.frame();
    OptionalInt owner =
        stores.tasks().complete(key, task, new StoredExecution.Message(source, 0, message));
    if (owner.isEmpty()) {
      return CompletionResult.TASK_TIMED_OUT;
    }
    tell(key, source, message, owner.getAsInt());
    return CompletionResult.DONE;
  }

  private static Command command(TaskId task, TaskReport report) {
    return switch (report) {
      case TaskReport.Success s -> new Command.TaskSucceeded(task, s.output());
      case TaskReport.Failure f ->
          new Command.TaskFailed(task, FailureKind.FAILED, f.error(), f.cause());
      case TaskReport.Heartbeat _ -> new Command.TaskHeartbeat(task);
    };
  }

  CompletionStage<StopResult> stop(
      ExecutionKey key, @Nullable String error, @Nullable String cause) {
    if (!moves) {
      return away(() -> stopAway(key, error, cause));
    }
    return loading
        .find(key)
        .thenCompose(
            found -> {
              Delivery delivery = Delivery.client(new Command.StopExecution(error, cause));
              if (found.isEmpty() || !mover.deliver(found.get(), delivery)) {
                return away(() -> stopAway(key, error, cause));
              }
              return delivery
                  .answer()
                  .thenCompose(
                      answer ->
                          switch (answer) {
                            case Answer.Done d -> done(new StopResult.Stopped(d.at()));
                            case Answer.Refused _ -> done(StopResult.NotRunning.NOT_RUNNING);
                            case Answer.Elsewhere _ -> away(() -> stopAway(key, error, cause));
                          });
            });
  }

  CompletionStage<Boolean> updateMapRun(ExecutionKey key, Command.UpdateMapRun update) {
    if (!moves) {
      return away(() -> updateAway(key, update));
    }
    return loading
        .find(key)
        .thenCompose(
            found -> {
              Delivery delivery = Delivery.client(update);
              if (found.isEmpty() || !mover.deliver(found.get(), delivery)) {
                return away(() -> updateAway(key, update));
              }
              return delivery
                  .answer()
                  .thenCompose(
                      answer ->
                          switch (answer) {
                            case Answer.Done _ -> done(true);
                            case Answer.Refused _ -> done(false);
                            case Answer.Elsewhere _ -> away(() -> updateAway(key, update));
                          });
            });
  }

  /// It is durable with its message: whoever has the execution takes it in.
  private boolean updateAway(ExecutionKey key, Command.UpdateMapRun update) {
    byte[] message = InboxMessage.mapRunUpdate(update);
    String source = "update:" + UUID.randomUUID();
    OptionalInt owner = stores.inbox().post(key, new StoredExecution.Message(source, 0, message));
    if (owner.isEmpty()) {
      return false;
    }
    tell(key, source, message, owner.getAsInt());
    return true;
  }

  private StopResult stopAway(ExecutionKey key, @Nullable String error, @Nullable String cause) {
    byte[] message = InboxMessage.stop(error, cause);
    String source = "stop:" + UUID.randomUUID();
    OptionalInt owner = stores.inbox().post(key, new StoredExecution.Message(source, 0, message));
    if (owner.isEmpty()) {
      return stores.claims().standing(List.of(key)).isEmpty()
          ? StopResult.NotFound.NOT_FOUND
          : StopResult.NotRunning.NOT_RUNNING;
    }
    tell(key, source, message, owner.getAsInt());
    ExecutionClaims.Ended ended = awaitEnd(key);
    return ended.status() == ExecutionStatus.ABORTED
        ? new StopResult.Stopped(ended.stoppedAt())
        : StopResult.NotRunning.NOT_RUNNING;
  }

  /// The message is durable, but the execution may have come to another end before its owner reads
  /// it: only what is stored in the end says which, and when.
  ///
  /// @throws IllegalStateException if nobody moved it in time; it will stop, and asking again does
  ///   no harm
  private ExecutionClaims.Ended awaitEnd(ExecutionKey key) {
    long until = System.nanoTime() + STOP_PATIENCE.toNanos();
    for (long pause = 2_000_000;
        System.nanoTime() < until;
        pause = Math.min(pause * 2, 100_000_000)) {
      Optional<ExecutionClaims.Ended> ended = stores.claims().ended(key);
      if (ended.isPresent()) {
        return ended.get();
      }
      LockSupport.parkNanos(pause);
    }
    throw new IllegalStateException("expected " + key + " to stop within " + STOP_PATIENCE);
  }

  private void tell(ExecutionKey key, String source, byte[] message, int owner) {
    if (moves && (owner == 0 || owner == around.lease().incarnation())) {
      loading.find(key).exceptionally(_ -> Optional.empty());
    }
    around.signals().posted(new Write.Note(key, source, message));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private interface Away<T> {
    T ask();
  }

  private static <T> CompletionStage<T> away(Away<? extends T> work) {
    var result = new CompletableFuture<T>();
    Thread.startVirtualThread(
        () -> {
          try {
            result.complete(work.ask());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
