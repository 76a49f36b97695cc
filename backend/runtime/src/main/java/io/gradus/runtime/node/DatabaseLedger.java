package io.gradus.runtime.node;

import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TimerId;
import io.gradus.runtime.Machine;
import io.gradus.store.Database;
import io.gradus.store.commit.CommitOutcome;
import io.gradus.store.commit.GroupCommitter;
import io.gradus.store.commit.MapRows;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.Transition;
import io.gradus.store.engine.CommitAftermath;
import io.gradus.store.jdbc.DatabaseFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits on one connection, which it opens again when it was lost. One thread uses it.
final class DatabaseLedger implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLedger.class);

  private final Database database;
  private final CommitAftermath aftermath;
  private @Nullable GroupCommitter committer;
  private int backend;
  private int lost;

  DatabaseLedger(Database database) {
    this.database = database;
    this.aftermath = new CommitAftermath(database.engine());
  }

  @Override
  public Receipt commit(List<Write> writes) {
    Group group = Group.of(writes);
    GroupCommitter ready = open();
    CommitOutcome outcome;
    try {
      outcome = ready.commit(group.starts(), group.moves());
    } catch (SQLException e) {
      throw failed(DatabaseFailure.of(e));
    }
    var committed = new BitSet(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      committed.set(
          i, (write.birth() == null ? outcome.moved() : outcome.started()).contains(write.key()));
    }
    return new Receipt(committed, outcome.at());
  }

  @Override
  public BitSet committedBefore(List<Write> writes) {
    Group group = Group.of(writes);
    Set<ExecutionKey> stands;
    try {
      stands = aftermath.committed(group.starts(), group.moves());
    } catch (DatabaseFailure e) {
      throw new OutcomeUnknown(e);
    }
    var committed = new BitSet(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      committed.set(i, stands.contains(writes.get(i).key()));
    }
    return committed;
  }

  private record Group(List<NewExecution> starts, List<Transition> moves) {
    static Group of(List<Write> writes) {
      List<NewExecution> starts = new ArrayList<>();
      List<Transition> moves = new ArrayList<>();
      for (Write write : writes) {
        Birth birth = write.birth();
        if (birth == null) {
          moves.add(transition(write));
        } else {
          starts.add(start(write, birth));
        }
      }
      return new Group(starts, moves);
    }
  }

  private GroupCommitter open() {
    GroupCommitter ready = committer;
    if (ready != null) {
      return ready;
    }
    try {
      if (lost != 0) {
        // What the lost connection was doing must be done or undone before it is sent again.
        database.terminateBackend(lost);
        lost = 0;
      }
      Connection fresh = database.newEngineConnection();
      backend = Database.backendPid(fresh);
      ready = new GroupCommitter(fresh);
      committer = ready;
      return ready;
    } catch (SQLException e) {
      throw new NothingCommitted(e);
    }
  }

  private RuntimeException failed(DatabaseFailure failure) {
    return switch (failure.kind()) {
      case AGAIN -> new NothingCommitted(failure);
      case REFUSED -> new DataRefused(failure);
      case UNKNOWN -> {
        lost = backend;
        close();
        yield new OutcomeUnknown(failure);
      }
    };
  }

  private static NewExecution start(Write write, Birth birth) {
    Machine machine = birth.machine();
    var parent = birth.parent();
    return new NewExecution(
        transition(write),
        machine.id(),
        machine.revisionId(),
        birth.name(),
        birth.namesake(),
        birth.inputHash(),
        birth.startedAt(),
        birth.mocks(),
        parent == null ? null : new NewExecution.Parent(parent.execution().id(), parent.task()),
        birth.traceHeader(),
        machine.versionArn(),
        machine.aliasArn(),
        birth.startedBy(),
        machine.limits().areAws(),
        birth.fork() == null
            ? null
            : new NewExecution.Fork(birth.fork().origin().id(), birth.fork().state().value()));
  }

  private static Transition transition(Write write) {
    Write.Run run = write.run();
    return new Transition(
        write.key(),
        write.version(),
        write.movedBy(),
        write.owner(),
        write.status(),
        write.stoppedAt(),
        write.lastEventId(),
        write.state(),
        write.error(),
        run == null
            ? null
            : new Transition.HistoryRun(run.firstEventId(), run.facts(), run.logged()),
        rows(write.rows(), write.notes()));
  }

  private static SideRows rows(Write.Rows rows, List<Write.Note> notes) {
    if (rows.isEmpty() && notes.isEmpty()) {
      return SideRows.NONE; // as most are
    }
    List<SideRows.TimerRow> timers = new ArrayList<>();
    rows.timers().forEach((id, due) -> timers.add(new SideRows.TimerRow(id.text(), due)));
    return new SideRows(
        rows.frames().stream().map(f -> new SideRows.FrameRow(f.id().value(), f.state())).toList(),
        rows.goneFrames().stream().map(FrameId::value).toList(),
        rows.tasks().stream().map(DatabaseLedger::task).toList(),
        List.copyOf(rows.goneTasks()),
        timers,
        rows.goneTimers().stream().map(TimerId::text).toList(),
        notes.stream()
            .map(n -> new SideRows.InboxRow(n.to(), n.sourceId(), 0, n.message()))
            .toList(),
        List.copyOf(rows.consumed()),
        maps(rows.maps()));
  }

  private static MapRows maps(Write.Maps maps) {
    if (maps.equals(Write.Maps.NONE)) {
      return MapRows.NONE;
    }
    List<MapRows.NewChild> children = new ArrayList<>(maps.children().size());
    for (Write.ChildWrite child : maps.children()) {
      Effect.StartChild start = child.start();
      children.add(
          new MapRows.NewChild(
              transition(child.write()),
              child.name(),
              child.startedAt(),
              start.mapRun().frame().value(),
              start.mapRun().startedEventId(),
              start.mapRun().id(),
              start.mapRun().state().value(),
              start.index(),
              start.items()));
    }
    return new MapRows(
        maps.mapRuns().stream()
            .map(run -> new MapRows.MapRunRow(run.frame().value(), run.mapRun()))
            .toList(),
        children,
        maps.stopped().stream()
            .map(id -> new MapRows.StoppedChildren(id, InboxMessage.stop(null, null)))
            .toList());
  }

  private static SideRows.TaskRow task(Write.OpenTask open) {
    return new SideRows.TaskRow(
        open.task(), open.kind().code(), open.activityId(), open.input(), null);
  }

  @Override
  public void close() {
    GroupCommitter open = committer;
    committer = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("A lost connection could not be closed", e);
      }
    }
  }
}
