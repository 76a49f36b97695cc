package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.Outline;
import io.gradus.engine.journal.StateCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A world for one execution: a clock that is set by hand, tasks answered by functions, timers
/// fired when the clock has come to them. After every decision it proves that the journal folds to
/// the new state and that what would be stored reads back as the same.
final class World {
  /// A task's answer to its arguments and retry count.
  interface Answer extends Function<Effect.InvokeTask, @Nullable Command> {}

  final List<Fact> journal = new ArrayList<>();

  /// The rows of history, one for each commit.
  final List<byte[]> runs = new ArrayList<>();

  private final Map<Origin, byte[]> texts = new HashMap<>();

  final List<Effect> effects = new ArrayList<>();
  final List<Effect.InvokeTask> calls = new ArrayList<>();
  final Map<TimerId, Deadline> timers = new LinkedHashMap<>();

  /// The rows of tasks that are completed from outside.
  final Set<TaskId> openTasks = new HashSet<>();

  final List<Effect.StartChild> children = new ArrayList<>();
  final List<Effect.ReadItems> reads = new ArrayList<>();
  final Map<UUID, MapRun> mapRuns = new LinkedHashMap<>();
  final Set<UUID> stopped = new HashSet<>();
  final List<Long> reopened = new ArrayList<>();

  private final TreeMap<Long, Effect.StartChild> unsuccessful = new TreeMap<>();

  private final Map<UUID, TreeMap<Long, Payload>> outputs = new HashMap<>();
  private Function<Effect.StartChild, @Nullable ExecutionStatus> child =
      _ -> ExecutionStatus.SUCCEEDED;
  private Function<Effect.GatherResults, Command> gathering = this::gathered;
  private final Set<Effect.StartChild> running = new LinkedHashSet<>();
  private final Map<String, Answer> answers = new HashMap<>();
  private Answer otherwise = _ -> null;
  private Predicate<Command> echo = _ -> false;
  private final ArrayDeque<Command> pending = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(7);
  private final ExecutionInfo info;
  Instant now = Instant.parse("2026-03-01T10:00:00Z");
  Execution execution;

  World(String definition, String input) {
    this(definition, input, ExecutionInfo.Limits.AWS);
  }

  World(String definition, String input, ExecutionInfo.Limits limits) {
    var parsed = DefinitionParser.parse(definition);
    assertThat(parsed.diagnostics()).isEmpty();
    Definition machine = Objects.requireNonNull(parsed.definition());
    info =
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
            machine,
            limits);
    execution = Execution.fresh(info).withInput(Payload.ofText(input));
  }

  World task(String state, Answer answer) {
    answers.put(state, answer);
    return this;
  }

  World returns(String state, String output) {
    return task(state, call -> new Command.TaskSucceeded(call.task(), Payload.ofText(output)));
  }

  World throwing(String state, String error, String cause) {
    return task(state, call -> failed(call, error, cause));
  }

  /// How tasks are answered that have no answer of their own.
  World anyTask(Answer answer) {
    otherwise = answer;
    return this;
  }

  /// Which commands come a second time.
  World echo(Predicate<Command> twice) {
    echo = twice;
    return this;
  }

  static Command failed(Effect.InvokeTask call, String error, String cause) {
    return new Command.TaskFailed(
        call.task(), Command.FailureKind.FAILED, new ErrorName(error), cause);
  }

  /// Starts and runs until the execution is over or waits for something nobody answers.
  World run() {
    send(new Command.StartExecution());
    return settle();
  }

  /// Delivers what is pending, and lets time pass to the next timer, until nothing is left.
  World settle() {
    for (int i = 0; i < 100_000; i++) {
      Command next = pending.poll();
      if (next == null) {
        Optional<Map.Entry<TimerId, Deadline>> due = nextTimer();
        if (due.isEmpty() || execution.status().isTerminal()) {
          return this;
        }
        now = due.get().getValue().due().isAfter(now) ? due.get().getValue().due() : now;
        timers.remove(due.get().getKey());
        next = new Command.TimerFired(due.get().getKey());
      }
      send(next);
    }
    throw new AssertionError("expected the execution to come to rest");
  }

  /// Takes an execution that did not succeed up again, and runs on.
  World redrive() {
    Environment environment =
        new Environment(now, random::nextLong, (key, task) -> "token-" + task.attempt());
    Decision.Accepted accepted = Engine.redrive(info, journal, environment);
    Decision.Accepted withoutTexts = Engine.redrive(info, withoutTexts(), environment);
    assertThat(stored(withoutTexts.next())).isEqualTo(accepted.next());
    assertThat(withoutTexts.effects()).isEqualTo(accepted.effects());
    runs.add(JournalCodec.encode(accepted.facts()));
    assertThat(stored(accepted.next())).isEqualTo(accepted.next());
    execution = accepted.next();
    journal.addAll(accepted.facts());
    timers.clear();
    accepted.effects().forEach(this::perform);
    settle();
    assertThat(Engine.replay(info, journal)).isEqualTo(execution);
    return this;
  }

  /// As a node reads it.
  private List<Fact> withoutTexts() {
    Outline outline = new Outline();
    List<Fact> facts = new ArrayList<>();
    runs.forEach(run -> facts.addAll(outline.next(run)));
    assertThat(JournalCodec.unresolved(facts)).noneMatch(Payload::isResolved);
    for (Fact fact : facts) {
      if (fact instanceof Fact.ItemsResolved resolved) {
        resolve(List.of(resolved.items()));
      }
    }
    return facts;
  }

  Decision send(Command command) {
    Environment environment =
        new Environment(now, random::nextLong, (key, task) -> "token-" + task.attempt());
    Decision decision = Engine.decide(execution, command, environment);
    if (decision instanceof Decision.Accepted accepted) {
      prove(execution, accepted);
      execution = accepted.next();
      journal.addAll(accepted.facts());
      accepted.effects().forEach(this::perform);
    }
    return decision;
  }

  private void perform(Effect effect) {
    effects.add(effect);
    switch (effect) {
      case Effect.InvokeTask call -> {
        calls.add(call);
        Command command = answers.getOrDefault(call.state().value(), otherwise).apply(call);
        if (command != null) {
          pending.add(command);
          if (echo.test(command)) {
            pending.add(command);
          }
        }
      }
      case Effect.ArmTimer timer -> timers.put(timer.timer(), timer.deadline());
      case Effect.DisarmTimer timer -> timers.remove(timer.timer());
      case Effect.Proceed _ -> pending.addFirst(new Command.Continue());
      case Effect.OpenTask open -> openTasks.add(open.task());
      case Effect.CloseTask close -> {
        if (close.stored()) {
          openTasks.remove(close.task());
        }
      }
      case Effect.StartChild child -> child(child);
      case Effect.GatherResults gather -> pending.add(gathering.apply(gather));
      case Effect.ReadItems read -> reads.add(read);
      case Effect.PickRedrives pick -> pick(pick);
      case Effect.ReopenChildren reopen -> reopen(reopen);
      case Effect.RecordMapRun run -> mapRuns.put(run.mapRun().id(), run.mapRun());
      case Effect.StopChildren stop -> stop(stop.mapRunId());
      case Effect.Finished _ -> {}
    }
  }

  private Command gathered(Effect.GatherResults gather) {
    return new Command.ResultsGathered(
        gather.mapRun().frame(),
        gather.mapRun().startedEventId(),
        Payload.array(
            outputs.getOrDefault(gather.mapRun().id(), new TreeMap<>()).values().stream().toList()),
        null);
  }

  /// What putting results together comes to.
  World gathering(Function<Effect.GatherResults, Command> how) {
    gathering = how;
    return this;
  }

  /// A child's answer to its input: its end, with the input as its output.
  World children(Function<Effect.StartChild, @Nullable ExecutionStatus> how) {
    child = how;
    return this;
  }

  private void pick(Effect.PickRedrives pick) {
    List<Command.Picked> picked = new ArrayList<>();
    long through = pick.after();
    boolean last = true;
    for (var each : unsuccessful.tailMap(pick.after(), false).entrySet()) {
      if (picked.size() == pick.limit()) {
        last = false;
        break;
      }
      Effect.StartChild start = each.getValue();
      through = start.index();
      picked.add(
          new Command.Picked(
              new UUID(3, start.index()),
              start.index(),
              start.items(),
              start.mapRun().express() ? start.input() : null));
    }
    pending.add(
        new Command.RedrivesPicked(
            pick.mapRun().frame(),
            pick.mapRun().startedEventId(),
            pick.after(),
            picked,
            new Command.Picked.Not(0, 0, through),
            last));
  }

  private void reopen(Effect.ReopenChildren reopen) {
    for (String each : reopen.opening().split(",")) {
      long index = UUID.fromString(each.substring(0, each.indexOf(':'))).getLeastSignificantBits();
      reopened.add(index);
      child(Objects.requireNonNull(unsuccessful.get(index)));
    }
    pending.add(
        new Command.ChildrenReopened(
            reopen.mapRun().frame(), reopen.mapRun().startedEventId(), reopen.opening()));
  }

  private void child(Effect.StartChild start) {
    children.add(start);
    unsuccessful.put(start.index(), start);
    ExecutionStatus status = child.apply(start);
    if (status == null) {
      running.add(start);
      return;
    }
    if (status == ExecutionStatus.SUCCEEDED) {
      unsuccessful.remove(start.index());
      outputs
          .computeIfAbsent(start.mapRun().id(), _ -> new TreeMap<>())
          .put(start.index(), start.input());
    }
    pending.add(ended(start, status));
  }

  /// Those that still ran come to their end.
  private void stop(UUID mapRun) {
    stopped.add(mapRun);
    for (Effect.StartChild start : List.copyOf(running)) {
      if (start.mapRun().id().equals(mapRun)) {
        running.remove(start);
        pending.add(ended(start, ExecutionStatus.ABORTED));
      }
    }
  }

  static Command.ChildEnded ended(Effect.StartChild start, ExecutionStatus status) {
    return new Command.ChildEnded(
        start.mapRun().frame(),
        start.mapRun().startedEventId(),
        start.index(),
        status,
        start.items(),
        true);
  }

  private Optional<Map.Entry<TimerId, Deadline>> nextTimer() {
    return timers.entrySet().stream()
        .filter(t -> t.getKey().kind() != TimerId.Kind.EXECUTION_TIMEOUT || pending.isEmpty())
        .min(Comparator.comparing(t -> t.getValue().due()));
  }

  private void prove(Execution before, Decision.Accepted accepted) {
    Execution folded = before;
    for (Fact fact : accepted.facts()) {
      folded = Engine.apply(folded, fact);
    }
    if (!accepted.facts().isEmpty()) {
      assertThat(folded).isEqualTo(accepted.next());
    }
    byte[] run = JournalCodec.encode(accepted.facts());
    runs.add(run);
    List<Fact> read = JournalCodec.decode(run);
    resolve(JournalCodec.unresolved(read));
    assertThat(read).isEqualTo(accepted.facts());
    Execution stored = stored(accepted.next());
    assertThat(stored).isEqualTo(accepted.next());
  }

  /// What a node would load.
  Execution stored(Execution state) {
    Collection<byte[]> rows =
        state.frames().values().stream()
            .filter(f -> f.id().isStoredApart())
            .map(StateCodec::encodeFrame)
            .toList();
    Execution loaded = StateCodec.decode(info, StateCodec.encode(state), rows);
    resolve(StateCodec.unresolved(loaded));
    return loaded;
  }

  /// What is referred to is read from the rows of history, newest first, and each place once.
  private void resolve(List<Payload> payloads) {
    Set<Origin> wanted = new HashSet<>();
    payloads.forEach(payload -> wanted.add(Objects.requireNonNull(payload.origin())));
    wanted.removeAll(texts.keySet());
    for (byte[] run : runs.reversed()) {
      if (wanted.isEmpty()) {
        break;
      }
      Map<Origin, byte[]> found = JournalCodec.payloads(run, wanted);
      texts.putAll(found);
      wanted.removeAll(found.keySet());
    }
    for (Payload payload : payloads) {
      byte[] text = texts.get(payload.origin());
      if (text != null) {
        payload.resolve(text);
      }
    }
  }

  /// The names of the events so far.
  List<String> types() {
    return events().stream().map(e -> EventType.of(e.details())).toList();
  }

  /// `id<-previous Type` of every event.
  List<String> chain() {
    return events().stream()
        .map(e -> e.id() + "<-" + e.previousEventId() + " " + EventType.of(e.details()))
        .toList();
  }

  List<Fact.HistoryEvent> events() {
    return journal.stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(Fact.HistoryEvent.class::cast)
        .toList();
  }

  String output() {
    Payload output = execution.output();
    if (output == null) {
      throw new AssertionError(
          "expected an output, found "
              + execution.status()
              + " "
              + execution.error()
              + ": "
              + execution.cause());
    }
    return new String(output.bytes(), StandardCharsets.UTF_8);
  }

  Duration elapsed() {
    return Duration.between(info.startedAt(), now);
  }
}
