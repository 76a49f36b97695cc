package io.gradus.api.http;

import io.gradus.engine.Command;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.ActivityTask;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.ExecutionListener;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.RedriveResult;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.SyncResult;
import io.gradus.runtime.TaskReport;
import io.gradus.runtime.task.MockedCall;
import io.gradus.runtime.task.MockedReply;
import io.gradus.runtime.task.Mocks;
import io.gradus.runtime.task.TaskTokens;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Moves executions with the real interpreter, in memory: no timers, no calls, but activities, task
/// tokens and mocks.
final class MemoryGateway implements ExecutionGateway {
  private static final Random RANDOM = new Random(7);

  private final TaskTokens tokens = new TaskTokens(new byte[32]);
  private final Map<ExecutionKey, Run> runs = new LinkedHashMap<>();
  private final Map<String, Deque<Waiting>> queues = new HashMap<>();
  private long sequence;

  private record Waiting(ExecutionKey execution, TaskId task, String token, Payload input) {}

  /// One execution and all that happened to it.
  static final class Run {
    private final StartRequest request;
    private final List<Fact.HistoryEvent> events = new ArrayList<>();
    private final List<Fact> journal = new ArrayList<>();
    private @Nullable String redriveToken;
    private Execution execution;

    Run(StartRequest request, Execution execution) {
      this.request = request;
      this.execution = execution;
    }

    StartRequest request() {
      return request;
    }

    Execution execution() {
      return execution;
    }

    List<Fact.HistoryEvent> events() {
      return List.copyOf(events);
    }
  }

  synchronized Optional<Run> find(TenantId tenant, String stateMachine, String name) {
    return runs.values().stream()
        .filter(
            run ->
                run.request.tenant().equals(tenant)
                    && run.request.machine().name().equals(stateMachine)
                    && run.execution.info().name().equals(name))
        .findFirst();
  }

  synchronized Run run(ExecutionKey key) {
    Run run = runs.get(key);
    if (run == null) {
      throw new IllegalArgumentException("expected the execution " + key);
    }
    return run;
  }

  synchronized List<Run> runs() {
    return List.copyOf(runs.values());
  }

  @Override
  public synchronized CompletionStage<StartResult> start(StartRequest request) {
    String name = request.name() == null ? UUID.randomUUID().toString() : request.name();
    Optional<Run> before = find(request.tenant(), request.machine().name(), name);
    if (before.isPresent()) {
      Execution found = before.get().execution;
      boolean same =
          !found.status().isTerminal() && before.get().request.input().equals(request.input());
      return CompletableFuture.completedFuture(
          same
              ? new StartResult.Started(
                  found.info().key(), found.info().executionArn(), found.info().startedAt())
              : new StartResult.AlreadyExists(found.info().executionArn()));
    }
    Run run = begin(request, name, "execution", "");
    runs.put(run.execution.info().key(), run);
    move(run, new Command.StartExecution());
    ExecutionInfo info = run.execution.info();
    return CompletableFuture.completedFuture(
        new StartResult.Started(info.key(), info.executionArn(), info.startedAt()));
  }

  private Run begin(StartRequest request, String name, String kind, String suffix) {
    String arn =
        request.machine().arn().replace(":stateMachine:", ":" + kind + ":") + ":" + name + suffix;
    var key = new ExecutionKey(request.tenant(), new UUID(++sequence, 1));
    Execution fresh =
        Execution.fresh(
            new ExecutionInfo(
                key,
                arn,
                name,
                request.machine().arn(),
                request.machine().name(),
                request.machine().roleArn(),
                request.machine().versionArn(),
                request.machine().aliasArn(),
                Instant.now(),
                request.machine().definition(),
                request.machine().limits()));
    return new Run(request, fresh);
  }

  private boolean move(Run run, Command first) {
    Mocks mocks = Mocks.parse(run.request.mocks());
    Deque<Command> commands = new ArrayDeque<>(List.of(first));
    boolean accepted = true;
    while (!commands.isEmpty()) {
      Environment environment = new Environment(Instant.now(), RANDOM::nextLong, tokens);
      Execution before = run.execution;
      Execution known =
          before.input() == null
              ? new Execution(
                  before.info(),
                  before.status(),
                  before.lastEventId(),
                  run.request.input(),
                  null,
                  null,
                  null,
                  null,
                  0,
                  null,
                  before.frames())
              : before;
      switch (Engine.decide(known, commands.pop(), environment)) {
        case Decision.Rejected _ -> accepted = false;
        case Decision.Accepted decision -> {
          run.execution = decision.next();
          run.journal.addAll(decision.facts());
          for (Fact fact : decision.facts()) {
            if (fact instanceof Fact.HistoryEvent event) {
              run.events.add(event);
            }
          }
          decision.effects().forEach(effect -> perform(run, effect, mocks, commands));
        }
      }
    }
    return accepted;
  }

  private static MockedCall call(Run run, Effect.InvokeTask invoke) {
    Frame frame = Objects.requireNonNull(run.execution.frames().get(invoke.task().frame()));
    Payload input = Objects.requireNonNull(frame.at()).input();
    return new MockedCall(
        1, invoke.retry(), input, invoke.arguments(), Instant.EPOCH, RANDOM::nextLong);
  }

  private void perform(Run run, Effect effect, Mocks mocks, Deque<Command> commands) {
    switch (effect) {
      case Effect.InvokeTask invoke -> {
        Optional<TaskOutcome> mocked =
            mocks.reply(invoke.state(), call(run, invoke)).map(MockedReply::outcome);
        if (mocked.isPresent()) {
          commands.add(
              switch (mocked.get()) {
                case TaskOutcome.Succeeded s ->
                    new Command.TaskSucceeded(invoke.task(), s.output());
                case TaskOutcome.Submitted s ->
                    new Command.TaskSubmitted(invoke.task(), s.output());
                case TaskOutcome.Failed f ->
                    new Command.TaskFailed(invoke.task(), f.kind(), f.error(), f.cause());
              });
        } else if (invoke.resource().isActivity()) {
          queues
              .computeIfAbsent(invoke.resource().arn(), _ -> new ArrayDeque<>())
              .add(
                  new Waiting(
                      run.execution.info().key(),
                      invoke.task(),
                      tokens.token(run.execution.info().key(), invoke.task()),
                      invoke.arguments()));
        }
      }
      case Effect.Proceed _ -> commands.add(new Command.Continue());
      case Effect.StartChild _,
          Effect.ReadItems _,
          Effect.PickRedrives _,
          Effect.ReopenChildren _,
          Effect.GatherResults _,
          Effect.RecordMapRun _,
          Effect.StopChildren _ ->
          throw new IllegalStateException("expected no Map Runs in memory");
      case Effect.OpenTask _,
          Effect.CloseTask _,
          Effect.ArmTimer _,
          Effect.DisarmTimer _,
          Effect.Finished _ -> {}
    }
  }

  @Override
  public synchronized CompletionStage<SyncResult> runSync(StartRequest request) {
    String name = request.name() == null ? UUID.randomUUID().toString() : request.name();
    Run run = begin(request, name, "express", ":" + UUID.randomUUID());
    move(run, new Command.StartExecution());
    ExecutionInfo info = run.execution.info();
    return CompletableFuture.completedFuture(
        new SyncResult.Ended(
            info.executionArn(), info.startedAt(), Instant.now(), run.execution, List.of()));
  }

  @Override
  public synchronized CompletionStage<StopResult> stop(
      ExecutionKey execution, @Nullable String error, @Nullable String cause) {
    Run run = run(execution);
    boolean stopped = move(run, new Command.StopExecution(error, cause));
    return CompletableFuture.completedFuture(
        stopped
            ? new StopResult.Stopped(Objects.requireNonNull(run.execution.stoppedAt()))
            : StopResult.NotRunning.NOT_RUNNING);
  }

  /// It has no Map Runs.
  @Override
  public CompletionStage<Boolean> updateMapRun(
      ExecutionKey execution, Command.UpdateMapRun update) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public synchronized CompletionStage<RedriveResult> redrive(
      ExecutionKey execution, @Nullable String clientToken) {
    Run run = run(execution);
    Instant before = run.execution.redrivenAt();
    if (clientToken != null && clientToken.equals(run.redriveToken) && before != null) {
      return CompletableFuture.completedFuture(new RedriveResult.Redriven(before));
    }
    ExecutionStatus status = run.execution.status();
    if (!status.isTerminal() || status == ExecutionStatus.SUCCEEDED) {
      return CompletableFuture.completedFuture(
          new RedriveResult.NotRedrivable("Execution is " + status + " and cannot be redriven"));
    }
    run.redriveToken = clientToken;
    Instant now = Instant.now();
    Decision.Accepted decision =
        Engine.redrive(
            run.execution.info(), run.journal, new Environment(now, RANDOM::nextLong, tokens));
    run.execution = decision.next();
    for (Fact fact : decision.facts()) {
      run.journal.add(fact);
      run.events.add((Fact.HistoryEvent) fact);
    }
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.ArmTimer arm
          && arm.timer().kind() == io.gradus.engine.TimerId.Kind.RETRY) {
        move(run, new Command.TimerFired(arm.timer()));
      }
    }
    return CompletableFuture.completedFuture(new RedriveResult.Redriven(now));
  }

  @Override
  public synchronized CompletionStage<CompletionResult> reportTask(
      TenantId tenant, String token, TaskReport report) {
    Optional<TaskTokens.Named> named = tokens.read(token);
    if (named.isEmpty() || !named.get().execution().tenant().equals(tenant)) {
      return CompletableFuture.completedFuture(CompletionResult.INVALID_TOKEN);
    }
    return reportTask(named.get().execution(), named.get().task(), report);
  }

  @Override
  public synchronized CompletionStage<CompletionResult> reportTask(
      ExecutionKey execution, TaskId task, TaskReport report) {
    boolean done =
        move(
            run(execution),
            switch (report) {
              case TaskReport.Success s -> new Command.TaskSucceeded(task, s.output());
              case TaskReport.Failure f ->
                  new Command.TaskFailed(task, Command.FailureKind.FAILED, f.error(), f.cause());
              case TaskReport.Heartbeat _ -> new Command.TaskHeartbeat(task);
            });
    return CompletableFuture.completedFuture(
        done ? CompletionResult.DONE : CompletionResult.TASK_TIMED_OUT);
  }

  @Override
  public synchronized CompletionStage<PollResult> pollActivity(
      TenantId tenant, String activityArn, @Nullable String workerName) {
    Deque<Waiting> queue = queues.getOrDefault(activityArn, new ArrayDeque<>());
    Waiting next = queue.poll();
    if (next == null) {
      return CompletableFuture.completedFuture(PollResult.Nothing.NOTHING);
    }
    move(run(next.execution()), new Command.TaskStarted(next.task(), workerName));
    return CompletableFuture.completedFuture(
        new PollResult.Task(new ActivityTask(next.token(), next.input())));
  }

  @Override
  public void posted() {}

  @Override
  public AutoCloseable listen(ExecutionListener listener) {
    return () -> {};
  }
}
