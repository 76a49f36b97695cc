package io.gradus.engine.samples;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.TimerId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Runs a definition once by a plan: calls are answered at once, time passes to the next timer.
final class Trial {
  /// One that has more is going round in circles.
  private static final int MAX_EVENTS = 3_000;

  private static final int MAX_STAYS = 24;

  private final Plan plan;
  private final Labels labels = new Labels();
  private final SplittableRandom random = new SplittableRandom(7);
  private final ArrayDeque<Command> pending = new ArrayDeque<>();
  private final Map<TimerId, Deadline> timers = new LinkedHashMap<>();
  private final List<Fact> journal = new ArrayList<>();
  private final Map<TaskId, Integer> callOf = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();

  /// The call that a line of work is retrying, by frame.
  private final Map<String, Integer> current = new HashMap<>();

  private final Set<String> errors = new HashSet<>();
  private Execution execution;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  private Trial(Definition definition, Plan plan) {
    this.plan = plan;
    ExecutionInfo info =
        new ExecutionInfo(
            new ExecutionKey(new TenantId(new UUID(1, 1)), new UUID(2, 2)),
            "arn:aws:states:us-east-1:000000000000:execution:machine:run",
            "run",
            "arn:aws:states:us-east-1:000000000000:stateMachine:machine",
            "machine",
            "arn:aws:iam::000000000000:role/role",
            null,
            null,
            now,
            definition,
            ExecutionInfo.Limits.AWS);
    execution = Execution.fresh(info).withInput(written(Place.INPUT));
  }

  static Run run(Definition definition, Plan plan) {
    Trial trial = new Trial(definition, plan.copy());
    trial.pending.add(new Command.StartExecution());
    boolean circles = trial.settle();
    return Run.of(
        definition,
        trial.plan,
        trial.labels,
        trial.journal,
        trial.callOf,
        trial.errors,
        trial.execution,
        circles);
  }

  private Payload written(String source) {
    JsonNode tree = plan.given().get(source);
    if (tree == null) {
      throw new IllegalStateException("expected a value for " + source);
    }
    return Payload.of(labels.written(tree, new Place(source, List.of())));
  }

  /// @return whether it went in circles, until the machine's own timeout or ours
  private boolean settle() {
    Map<String, Integer> stays = new HashMap<>();
    int read = 0;
    while (!execution.status().isTerminal()) {
      Command next = pending.poll();
      if (next == null) {
        TimerId due =
            timers.entrySet().stream()
                .min(Comparator.comparing(each -> each.getValue().due()))
                .map(Map.Entry::getKey)
                .orElse(null);
        if (due == null) {
          throw new IllegalStateException("expected the execution to go on: " + plan);
        }
        Deadline deadline = timers.remove(due);
        now = deadline != null && deadline.due().isAfter(now) ? deadline.due() : now;
        next = new Command.TimerFired(due);
      }
      send(next);
      for (; read < journal.size(); read++) {
        String stay = Run.entered(journal.get(read));
        if (stay != null && stays.merge(stay, 1, Integer::sum) > MAX_STAYS) {
          return true;
        }
      }
      if (journal.size() > MAX_EVENTS) {
        return true;
      }
    }
    return execution.status() == ExecutionStatus.TIMED_OUT;
  }

  private void send(Command command) {
    Environment environment = new Environment(now, random::nextLong, (_, task) -> "t" + task);
    if (Engine.decide(execution, command, environment) instanceof Decision.Accepted accepted) {
      execution = accepted.next();
      journal.addAll(accepted.facts());
      accepted.effects().forEach(this::perform);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.InvokeTask call -> pending.add(answer(call));
      case Effect.ArmTimer timer -> timers.put(timer.timer(), timer.deadline());
      case Effect.DisarmTimer timer -> timers.remove(timer.timer());
      case Effect.Proceed _ -> pending.addFirst(new Command.Continue());
      case Effect.StartChild _,
          Effect.ReadItems _,
          Effect.PickRedrives _,
          Effect.ReopenChildren _,
          Effect.GatherResults _,
          Effect.RecordMapRun _,
          Effect.StopChildren _ ->
          throw new IllegalStateException("expected Maps that run in their execution");
      case Effect.OpenTask _, Effect.CloseTask _, Effect.Finished _ -> {}
    }
  }

  private Command answer(Effect.InvokeTask call) {
    String state = call.state().value();
    String place = call.task().frame() + " " + state;
    Integer retried = call.retry() == 0 ? null : current.get(place);
    int number = retried == null ? calls.merge(state, 1, Integer::sum) - 1 : retried;
    current.put(place, number);
    callOf.put(call.task(), number);
    @Nullable String error = plan.failure(state, number, call.retry());
    if (error != null) {
      errors.add(error);
      return new Command.TaskFailed(
          call.task(),
          error.equals("States.Timeout")
              ? Command.FailureKind.TIMED_OUT
              : Command.FailureKind.FAILED,
          new ErrorName(error),
          "as planned");
    }
    plan.result(state, number);
    return new Command.TaskSucceeded(call.task(), written(Place.call(state, number)));
  }
}
