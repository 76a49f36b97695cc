package io.gradus.service.teststate;

import io.gradus.asl.expr.RandomSource;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.StateKind;
import io.gradus.engine.TenantId;
import io.gradus.engine.interpret.StateTrial;
import io.gradus.engine.port.ExchangeObserver;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.Definitions;
import io.gradus.service.definition.RoleArns;
import io.gradus.service.execution.ExecutionInput;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tries one state on its own: TestState.
public final class TestStateService {
  /// As long as AWS lets a state take that is tried.
  static final Duration LIMIT = Duration.ofMinutes(5);

  private final Function<TenantId, ExecutionInfo.Limits> limits;
  private final TaskCalls calls;
  private final Arns arns;
  private final AuditTrail audit;
  private final Clock clock;
  private final TestMocks mocks = new TestMocks();
  private final RandomSource random = new SecureRandom()::nextLong;
  private final TrialRoom room = TrialRoom.usual();

  /// @param calls makes the calls of tasks that are not mocked
  /// @param audit is told of these calls
  /// @param limits what a tenant's executions may use
  public TestStateService(
      TaskCalls calls,
      Arns arns,
      AuditTrail audit,
      Clock clock,
      Function<TenantId, ExecutionInfo.Limits> limits) {
    this.limits = limits;
    this.calls = calls;
    this.arns = arns;
    this.audit = audit;
    this.clock = clock;
  }

  /// Tries the state and waits for what comes of it, for up to five minutes.
  ///
  /// @throws Refusal InvalidDefinition, InvalidExecutionInput, InvalidArn, ValidationException;
  ///   ThrottlingException where the tenant tries others, and none of them ends soon
  public StateTest.Result test(Caller caller, StateTest.Request request) {
    return room.call(caller.tenant(), () -> tried(caller, request));
  }

  private StateTest.Result tried(Caller caller, StateTest.Request request) {
    String resource = arns.stateMachine(caller, "*").text();
    Access.require(caller, Permission.RUN, "TestState", resource);
    if (request.revealSecrets()) {
      // AWS has a permission of its own for it.
      Access.require(caller, Permission.ADMINISTER, "RevealSecrets", resource);
    }
    TestMocks.checkShape(request);
    Definition definition = definition(request);
    StateName name = name(request);
    if (!definition.has(name)) {
      throw new Refusal(ErrorCode.VALIDATION, "State not found in definition");
    }
    State state = definition.state(name);
    if (request.roleArn() != null) {
      RoleArns.check(request.roleArn());
    }
    TaskOutcome mocked = mocks.outcome(request, definition, state);
    ExecutionInfo.Limits within = limits.apply(caller.tenant());
    Payload input =
        Payload.ofText(
            ExecutionInput.check(
                request.input() == null ? "{}" : request.input(), within.payloadBytes()));
    Map<String, JsonNode> variables = TestMocks.variables(request.variables());
    Payload context = request.context() == null ? null : context(request);
    StateTest.Configuration configuration = request.configuration();
    Instant now = clock.instant();
    ExecutionInfo info = info(caller, request, definition, now, within);
    StateTrial trial =
        new StateTrial(
            new StateTrial.Setup(
                info,
                state.name(),
                input,
                variables,
                context,
                Objects.requireNonNullElse(configuration.retryCount(), 0)),
            new Environment(now, random, (_, task) -> UUID.randomUUID() + "-" + task.attempt()));
    Exchange exchange = new Exchange(request.revealSecrets());
    if (mocked == null && state instanceof State.Task task) {
      checkCallable(request, task);
      audit.record(caller, "TestState", resource);
    }
    if (mocked != null && isFanOut(state)) {
      fanOut(trial, configuration, mocked);
    } else {
      run(trial, info, mocked, exchange);
    }
    return new StateTest.Result(
        input.toString(), trial.outcome(), exchange.request, exchange.response);
  }

  private static void fanOut(
      StateTrial trial, StateTest.Configuration configuration, TaskOutcome mocked) {
    try {
      trial.fanOut(
          new StateTrial.Iterations(
              Objects.requireNonNullElse(configuration.mapIterationFailures(), 0),
              TestMocks.readItems(configuration.mapItemReaderData())),
          mocked);
    } catch (StateTrial.TooManyFailures _) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "Map iteration failure count must be less than or equal to the number of Map iterations");
    }
  }

  private void run(
      StateTrial trial, ExecutionInfo info, @Nullable TaskOutcome mocked, Exchange exchange) {
    switch (trial.begin()) {
      case StateTrial.Progress.Call(Effect.InvokeTask call, Duration timeout) ->
          trial.complete(call, mocked != null ? mocked : call(info, call, timeout, exchange));
      case StateTrial.Progress.Wait(Duration duration) -> {
        if (duration.compareTo(LIMIT) > 0) {
          // AWS says so after five minutes; nobody gains by waiting for it.
          trial.timedOut();
        } else {
          pause(duration);
          trial.waited();
        }
      }
      case StateTrial.Progress.Over _ -> {}
    }
  }

  private static void pause(Duration duration) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }

  private TaskOutcome call(
      ExecutionInfo info,
      Effect.InvokeTask call,
      @Nullable Duration timeout,
      ExchangeObserver observer) {
    Duration limit = timeout == null || timeout.compareTo(LIMIT) > 0 ? LIMIT : timeout;
    TaskInvocation invocation =
        new TaskInvocation(
            info.key(),
            info.executionArn(),
            call.task(),
            call.state(),
            call.resource(),
            call.arguments(),
            call.retry(),
            Objects.requireNonNullElse(call.token(), ""),
            call.credentials(),
            limit,
            null);
    try {
      return calls
          .call(invocation, observer)
          .toCompletableFuture()
          .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        calls.cancel(invocation);
        return new TaskOutcome.Failed(FailureKind.TIMED_OUT, ErrorName.TIMEOUT, null);
      }
      Refusal refusal =
          new Refusal(
              ErrorCode.SERVICE_UNAVAILABLE,
              "The service is temporarily unavailable. Please try again.");
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private static Definition definition(StateTest.Request request) {
    return request.stateName() == null
        ? Definitions.soundState(request.definition())
        : Definitions.sound(request.definition());
  }

  private static StateName name(StateTest.Request request) {
    return request.stateName() == null ? Definitions.TESTED : new StateName(request.stateName());
  }

  private static Payload context(StateTest.Request request) {
    if (request.mock() == null) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "TestState supports a Context object only when a mock is specified.");
    }
    String context = Objects.requireNonNull(request.context());
    ContextObjects.check(context);
    return Payload.ofText(context);
  }

  /// Only what answers at once can be called; and somebody must answer for the call.
  private static void checkCallable(StateTest.Request request, State.Task task) {
    if (task.resource().isActivity() || task.resource().pattern() != Pattern.REQUEST_RESPONSE) {
      throw new Refusal(
          ErrorCode.INVALID_DEFINITION,
          "TestState API does not support the resource '"
              + task.resource().arn()
              + "' without a mock");
    }
    if (request.roleArn() == null) {
      throw new Refusal(
          ErrorCode.VALIDATION, "RoleArn must be specified when testing a Task state");
    }
  }

  static boolean isFanOut(State state) {
    return switch (StateKind.of(state)) {
      case PARALLEL, MAP -> true;
      case PASS, TASK, CHOICE, WAIT, SUCCEED, FAIL -> false;
    };
  }

  /// AWS runs what is tried as an Express execution of a state machine that nobody made.
  private ExecutionInfo info(
      Caller caller,
      StateTest.Request request,
      Definition definition,
      Instant now,
      ExecutionInfo.Limits within) {
    String machine = UUID.randomUUID().toString();
    String name = UUID.randomUUID().toString();
    String machineArn = arns.stateMachine(caller, machine).text();
    return new ExecutionInfo(
        new ExecutionKey(caller.tenant(), UUID.randomUUID()),
        machineArn.replace(":stateMachine:", ":express:") + ":" + name,
        name,
        machineArn,
        machine,
        Objects.requireNonNullElse(request.roleArn(), ""),
        null,
        null,
        now,
        definition,
        within,
        false);
  }

  /// Keeps the last exchange of the call.
  private static final class Exchange implements ExchangeObserver {
    private final boolean revealing;
    private volatile @Nullable Request request;
    private volatile @Nullable Response response;

    Exchange(boolean revealing) {
      this.revealing = revealing;
    }

    @Override
    public boolean revealsSecrets() {
      return revealing;
    }

    @Override
    public void sent(Request sent) {
      request = sent;
      response = null;
    }

    @Override
    public void received(Response received) {
      response = received;
    }
  }
}
