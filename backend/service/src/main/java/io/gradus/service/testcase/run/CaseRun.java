package io.gradus.service.testcase.run;

import io.gradus.asl.model.Definition;
import io.gradus.engine.Command;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.TimerId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.port.TaskOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One execution in memory, from its start to its end, with a clock that jumps to whatever is due
/// next: a Wait of a year takes no time. Equal arguments give equal runs, chance included.
final class CaseRun {
  /// AWS's longest history. It bounds the steps of a run, since no loop is without events.
  static final long MAX_EVENTS = 25_000;

  /// How much a run's payloads may take up in all, in bytes.
  static final long MAX_BYTES = 8L * 1024 * 1024;

  private static final long SEED = 7;

  private final Answers answers;
  private final BooleanSupplier expired;
  private final List<Fact> journal = new ArrayList<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private final Map<TimerId, Due> timers = new HashMap<>();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private Instant now;
  private Execution execution;
  private long number;
  private long bytes;
  private @Nullable String broken;

  /// Something that comes at a moment.
  ///
  /// @param number among all, so that what comes at the same moment comes in order
  private record Due(Instant at, long number, Command command) {}

  /// What is run.
  ///
  /// @param account 12 digits
  /// @param machine the state machine's name
  record Setup(
      Definition definition,
      String region,
      String account,
      String machine,
      JsonNode input,
      Instant startTime,
      ExecutionInfo.Limits limits) {}

  /// What came of it.
  ///
  /// @param broken why it was broken off before its end; null where it came to its end
  /// @param stoppedAt what the run's own clock said at last
  record Ended(
      Execution execution, List<Fact> journal, @Nullable String broken, Instant stoppedAt) {
    Ended {
      journal = List.copyOf(journal);
    }
  }

  private CaseRun(Setup setup, Answers answers, BooleanSupplier expired) {
    this.answers = answers;
    this.expired = expired;
    this.now = setup.startTime();
    this.execution = Execution.fresh(info(setup)).withInput(Payload.of(setup.input()));
  }

  /// Runs it.
  ///
  /// @param expired asked between two steps; true breaks the run off
  static Ended run(Setup setup, Answers answers, BooleanSupplier expired) {
    CaseRun run = new CaseRun(setup, answers, expired);
    run.go();
    return new Ended(run.execution, run.journal, run.broken, run.now);
  }

  private static ExecutionInfo info(Setup setup) {
    String arns = "arn:aws:states:" + setup.region() + ":" + setup.account() + ":";
    String name = "test-case";
    return new ExecutionInfo(
        new ExecutionKey(new TenantId(new UUID(0, 0)), new UUID(0, 1)),
        arns + "execution:" + setup.machine() + ":" + name,
        name,
        arns + "stateMachine:" + setup.machine(),
        setup.machine(),
        "arn:aws:iam::" + setup.account() + ":role/gradus",
        null,
        null,
        setup.startTime(),
        setup.definition().withoutChildren(),
        new ExecutionInfo.Limits(setup.limits().payloadBytes(), MAX_EVENTS));
  }

  private void go() {
    try {
      toItsEnd();
    } catch (ArithmeticException | DateTimeException _) {
      // Waits take no time here, so a loop of them gets further than any real execution.
      broken = "The run's clock went beyond what it can tell.";
    }
  }

  private void toItsEnd() {
    send(new Command.StartExecution());
    while (!execution.status().isTerminal() && broken == null) {
      if (expired.getAsBoolean()) {
        broken = "The run took too long and was broken off.";
        return;
      }
      Due next = queue.poll();
      if (next == null) {
        broken = "The execution waits for something that does not come.";
        return;
      }
      if (next.command() instanceof Command.TimerFired fired
          && !timers.remove(fired.timer(), next)) {
        continue; // disarmed meanwhile
      }
      now = next.at().isAfter(now) ? next.at() : now;
      send(next.command());
    }
  }

  private void send(Command command) {
    Environment environment =
        new Environment(now, random::nextLong, (_, task) -> "token-of-event-" + task.attempt());
    // What is rejected comes too late: its branch is gone.
    if (Engine.decide(execution, command, environment) instanceof Decision.Accepted accepted) {
      execution = accepted.next();
      journal.addAll(accepted.facts());
      bytes += JournalCodec.encode(accepted.facts()).length;
      if (bytes > MAX_BYTES) {
        broken = "The run's payloads take up more than 8 MiB together.";
        return;
      }
      answers.happened(accepted.facts());
      accepted.effects().forEach(this::perform);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.InvokeTask call -> invoke(call);
      case Effect.ArmTimer timer ->
          timers.put(
              timer.timer(), due(timer.deadline().due(), new Command.TimerFired(timer.timer())));
      case Effect.DisarmTimer timer -> timers.remove(timer.timer());
      case Effect.Proceed _ -> due(now, new Command.Continue());
      case Effect.StartChild _,
          Effect.ReadItems _,
          Effect.PickRedrives _,
          Effect.ReopenChildren _,
          Effect.GatherResults _,
          Effect.RecordMapRun _,
          Effect.StopChildren _ ->
          throw new IllegalStateException("expected Maps to run their iterations themselves");
      case Effect.OpenTask _, Effect.CloseTask _, Effect.Finished _ -> {}
    }
  }

  private void invoke(Effect.InvokeTask call) {
    // A branch may have ended the whole in the very step in which another one called.
    boolean gone = !execution.frames().containsKey(call.task().frame());
    if (broken != null || gone || execution.status().isTerminal()) {
      return;
    }
    switch (answers.answer(execution, call, now, random::nextLong)) {
      case Answers.Answer.Reply(TaskOutcome outcome, Duration after) ->
          due(now.plus(after), command(call.task(), outcome));
      case Answers.Answer.None(String why) -> broken = why;
      case Answers.Answer.Never _ -> {}
    }
  }

  private static Command command(TaskId task, TaskOutcome outcome) {
    return switch (outcome) {
      case TaskOutcome.Succeeded s -> new Command.TaskSucceeded(task, s.output());
      case TaskOutcome.Submitted s -> new Command.TaskSubmitted(task, s.output());
      case TaskOutcome.Failed f -> new Command.TaskFailed(task, f.kind(), f.error(), f.cause());
    };
  }

  private Due due(Instant at, Command command) {
    Due due = new Due(at, number++, command);
    queue.add(due);
    return due;
  }
}
