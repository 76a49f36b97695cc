package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.check.StoredExecution;
import io.gradus.bench.chaos.check.StoredRun;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The database as engine.md's protocol knows it: rows that change together, a version that
/// refuses, names that are unique. What it holds is bytes, so that a loaded execution is one that
/// was really written down.
final class ModelDatabase {
  private final PlantedFault fault;
  private final Map<ExecutionKey, Row> rows = new LinkedHashMap<>();
  private final Map<String, ExecutionKey> names = new HashMap<>();

  ModelDatabase(PlantedFault fault) {
    this.fault = fault;
  }

  /// An execution and all that is stored around it.
  static final class Row {
    final ExecutionInfo info;
    final String tenant;
    final String definition;
    final byte[] input;
    long version;
    int owner;
    long movedBy;
    ExecutionStatus status = ExecutionStatus.RUNNING;
    @Nullable Instant stoppedAt;
    long lastEventId;
    byte[] state = {};
    final Map<FrameId, byte[]> frames = new HashMap<>();
    final TreeMap<Long, StoredRun> runs = new TreeMap<>();
    final Set<TaskId> tasks = new HashSet<>();
    final Set<TimerId> timers = new HashSet<>();
    final Map<String, Command> inbox = new LinkedHashMap<>();

    Row(Birth birth) {
      this.info = birth.info;
      this.tenant = birth.tenant;
      this.definition = birth.definition;
      this.input = birth.input;
    }
  }

  /// What a first write adds.
  record Birth(ExecutionInfo info, String tenant, String definition, byte[] input) {}

  /// A transition as it is sent.
  ///
  /// @param consumed inbox rows that go with it
  /// @param fired the timer whose row goes with it
  record Write(
      ExecutionKey key,
      long version,
      int owner,
      long movedBy,
      Execution next,
      List<Fact> facts,
      List<Effect> effects,
      Set<FrameId> touched,
      Set<String> consumed,
      @Nullable TimerId fired,
      @Nullable Birth birth) {}

  /// An execution as it is loaded.
  record Loaded(Execution execution, long version, int owner, Map<String, Command> inbox) {}

  @Nullable Row find(ExecutionKey key) {
    return rows.get(key);
  }

  Iterable<Row> rows() {
    return rows.values();
  }

  /// @return whether it is stored; otherwise another was first, and nothing has changed
  boolean commit(Write write, Instant now) {
    Birth birth = write.birth();
    Row row = rows.get(write.key());
    if (birth != null) {
      String name = name(birth.tenant(), birth.info().name());
      if (row != null || (names.containsKey(name) && fault != PlantedFault.NAME_NOT_UNIQUE)) {
        return false;
      }
      names.put(name, write.key());
      row = new Row(birth);
      rows.put(write.key(), row);
    } else if (row == null
        || (row.version != write.version() && fault != PlantedFault.NO_VERSION_CHECK)
        || row.runs.containsKey(firstEvent(write.facts()))) {
      return false;
    }
    store(row, write, now);
    return true;
  }

  private void store(Row row, Write write, Instant now) {
    Execution next = write.next();
    row.version = write.version() + 1;
    row.owner = next.status().isTerminal() ? 0 : write.owner();
    row.movedBy = write.movedBy();
    row.status = next.status();
    row.stoppedAt = next.stoppedAt();
    row.lastEventId = next.lastEventId();
    row.state = StateCodec.encode(next);
    for (FrameId id : write.touched()) {
      Frame frame = next.frames().get(id);
      if (frame == null) {
        row.frames.remove(id);
      } else {
        row.frames.put(id, StateCodec.encodeFrame(frame));
      }
    }
    long first = firstEvent(write.facts());
    boolean torn = fault == PlantedFault.GAP_IN_IDS && first % 7 == 0;
    if (first > 0 && !torn) {
      row.runs.put(
          first,
          new StoredRun(
              row.tenant,
              write.key().id(),
              first,
              write.movedBy(),
              JournalCodec.encode(write.facts()),
              now));
    }
    for (Effect effect : write.effects()) {
      switch (effect) {
        case Effect.OpenTask e -> row.tasks.add(e.task());
        case Effect.CloseTask e -> row.tasks.remove(e.task());
        case Effect.ArmTimer e -> {
          if (e.deadline().stored()) {
            row.timers.add(e.timer());
          }
        }
        case Effect.DisarmTimer e -> row.timers.remove(e.timer());
        case Effect.InvokeTask _,
            Effect.StartChild _,
            Effect.ReadItems _,
            Effect.PickRedrives _,
            Effect.ReopenChildren _,
            Effect.GatherResults _,
            Effect.RecordMapRun _,
            Effect.StopChildren _,
            Effect.Proceed _,
            Effect.Finished _ -> {}
      }
    }
    if (write.fired() != null) {
      row.timers.remove(write.fired());
    }
    write.consumed().forEach(row.inbox::remove);
  }

  private static long firstEvent(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event) {
        return event.id();
      }
    }
    return 0;
  }

  /// Whether that very write stands, by an earlier sending of it.
  boolean committedBefore(Write write) {
    Row row = rows.get(write.key());
    if (row == null || write.birth() != null) {
      return row != null;
    }
    StoredRun run = row.runs.get(firstEvent(write.facts()));
    return row.movedBy == write.movedBy() || (run != null && run.movedBy() == write.movedBy());
  }

  @Nullable ExecutionKey named(String tenant, String name) {
    return names.get(name(tenant, name));
  }

  private static String name(String tenant, String name) {
    return tenant + "/" + name;
  }

  /// Raises the version, which refuses whatever the former owner still sends.
  List<ExecutionKey> takeOver(int dead, int heir) {
    List<ExecutionKey> taken = new ArrayList<>();
    for (Row row : rows.values()) {
      if (row.owner == dead && !row.status.isTerminal()) {
        row.owner = heir;
        row.version++;
        taken.add(row.info.key());
      }
    }
    return taken;
  }

  /// Closes an open task and leaves a message, in one transaction; false where it is not open.
  boolean complete(ExecutionKey key, TaskId task, Command command) {
    Row row = rows.get(key);
    if (row == null || !row.tasks.remove(task)) {
      return false;
    }
    row.version++;
    row.inbox.put("report:" + task, command);
    return true;
  }

  void post(Row row, String source, Command command) {
    row.inbox.put(source, command);
  }

  /// The execution as its bytes say, with its inbox in the order in which a node takes it: what was
  /// acknowledged when it was left there comes first.
  Loaded load(Row row) {
    Execution execution = StateCodec.decode(row.info, row.state, List.copyOf(row.frames.values()));
    resolve(row, StateCodec.unresolved(execution));
    Map<String, Command> inbox = new LinkedHashMap<>(row.inbox);
    if (fault != PlantedFault.STOP_BEFORE_COMPLETION) {
      inbox.values().removeIf(Command.StopExecution.class::isInstance);
      row.inbox.forEach(inbox::putIfAbsent);
    }
    return new Loaded(execution, row.version, row.owner, inbox);
  }

  List<Fact> journal(Row row) {
    List<Fact> facts = new ArrayList<>();
    row.runs.values().forEach(run -> facts.addAll(JournalCodec.decode(run.events())));
    resolve(row, JournalCodec.unresolved(facts));
    return facts;
  }

  private static void resolve(Row row, List<Payload> missing) {
    if (missing.isEmpty()) {
      return;
    }
    List<Origin> wanted = missing.stream().map(p -> Objects.requireNonNull(p.origin())).toList();
    for (StoredRun run : row.runs.values()) {
      Map<Origin, byte[]> found = JournalCodec.payloads(run.events(), wanted);
      for (Payload payload : missing) {
        byte[] text = found.get(Objects.requireNonNull(payload.origin()));
        if (text != null) {
          payload.resolve(text);
        }
      }
    }
  }

  List<StoredExecution> executions() {
    List<StoredExecution> all = new ArrayList<>();
    for (Row row : rows.values()) {
      all.add(
          new StoredExecution(
              row.tenant,
              row.info.key().id(),
              "machine",
              row.info.name(),
              row.status,
              row.state,
              row.lastEventId,
              null,
              row.info.startedAt(),
              row.stoppedAt,
              row.definition));
    }
    return all;
  }

  List<StoredRun> runs() {
    List<StoredRun> all = new ArrayList<>();
    rows.values().forEach(row -> all.addAll(row.runs.values()));
    return all;
  }

  /// What is left around executions, by table.
  Map<String, Long> leftovers() {
    Map<String, Long> left = new HashMap<>();
    for (Row row : rows.values()) {
      left.merge("task", (long) row.tasks.size(), Long::sum);
      left.merge("timer", (long) row.timers.size(), Long::sum);
      left.merge("frame", (long) row.frames.size(), Long::sum);
    }
    return left;
  }
}
