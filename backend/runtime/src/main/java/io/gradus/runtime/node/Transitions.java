package io.gradus.runtime.node;

import io.gradus.engine.Deadline;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.LogLevel;
import io.gradus.engine.TimerId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import io.gradus.runtime.Redrivability;
import io.gradus.runtime.StartRequest;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what was decided into what is stored.
final class Transitions {
  private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);

  private final ActivityIds activities;

  Transitions(ActivityIds activities) {
    this.activities = activities;
  }

  /// See [ActivityIds#isMissing]; what cannot be looked up just now counts as there.
  boolean lacksActivity(ExecutionKey execution, Effect.InvokeTask call) {
    try {
      return activities.isMissing(execution, call.task(), call.resource().arn());
    } catch (DatabaseFailure e) {
      LOG.warn("An activity is looked up at its execution's next load: {}", e.getMessage());
      return false;
    }
  }

  /// Who has the execution from now on, and what tells this write from others.
  record Stamp(int owner, long movedBy) {}

  /// @param children the first writes of those that begin with it
  Write of(HotExecution hot, Fold fold, List<Write.ChildWrite> children, Stamp stamp) {
    Execution next = fold.next();
    return new Write(
        hot.key(),
        hot.version(),
        next.status().isTerminal() ? 0 : stamp.owner(),
        stamp.movedBy(),
        next.status(),
        next.stoppedAt(),
        StateCodec.encode(next),
        errorOf(next),
        run(hot.fixed().logs(), fold.facts(), next),
        next.lastEventId(),
        rows(fold, children),
        notes(hot.fixed().parent(), next),
        null);
  }

  /// The first write of a child of a Map Run.
  ///
  /// @param fold what its start led to; null when it is only stored for now
  Write child(HotExecution.Fixed fixed, Execution fresh, @Nullable Fold fold, Stamp stamp) {
    Execution next = fold == null ? fresh : fold.next();
    boolean over = next.status().isTerminal();
    return new Write(
        fixed.key(),
        0,
        over ? 0 : stamp.owner(),
        stamp.movedBy(),
        next.status(),
        over ? next.stoppedAt() : null,
        StateCodec.encode(next),
        errorOf(next),
        fold == null ? null : run(fixed.logs(), fold.facts(), next),
        next.lastEventId(),
        fold == null ? Write.Rows.NONE : rows(fold, List.of()),
        notes(fixed.parent(), next),
        null);
  }

  /// The first write of an execution.
  ///
  /// @param fold what its start led to; null when it is only stored for now
  /// @param children the first writes of those that begin with it
  Write start(
      Execution execution,
      @Nullable Fold fold,
      List<Write.ChildWrite> children,
      Birth birth,
      Stamp stamp) {
    Execution next = fold == null ? execution : fold.next();
    boolean over = next.status().isTerminal();
    return new Write(
        next.info().key(),
        0,
        over ? 0 : stamp.owner(),
        stamp.movedBy(),
        next.status(),
        over ? next.stoppedAt() : null,
        StateCodec.encode(next),
        errorOf(next),
        fold == null ? null : run(birth.machine().logs(), fold.facts(), next),
        next.lastEventId(),
        fold == null ? Write.Rows.NONE : rows(fold, children),
        stamp.owner() == 0 && fold == null
            ? List.of(new Write.Note(next.info().key(), "start", InboxMessage.start()))
            : notes(birth.parent(), next),
        birth);
  }

  /// A write that changes nothing but who has the execution, for its near timers rows are made.
  Write park(HotExecution hot, Map<TimerId, Instant> timers, long movedBy) {
    Execution execution = hot.execution();
    return new Write(
        hot.key(),
        hot.version(),
        0,
        movedBy,
        execution.status(),
        null,
        StateCodec.encode(execution),
        null,
        null,
        execution.lastEventId(),
        new Write.Rows(
            List.of(), List.of(), List.of(), Set.of(), timers, Set.of(), Set.of(), Write.Maps.NONE),
        List.of(),
        null);
  }

  /// The end of an Express execution: all that happened in it at once.
  Write expressEnd(HotExecution hot, List<Fact> facts, Stamp stamp) {
    Execution next = hot.execution();
    return new Write(
        hot.key(),
        hot.version(),
        0,
        stamp.movedBy(),
        next.status(),
        next.stoppedAt(),
        StateCodec.encode(next),
        errorOf(next),
        run(hot.fixed().logs(), facts, next),
        next.lastEventId(),
        Write.Rows.NONE,
        notes(hot.fixed().parent(), next),
        null);
  }

  private static @Nullable String errorOf(Execution next) {
    return next.status().isTerminal() ? next.error() : null;
  }

  private static Write.@Nullable Run run(LogLevel logs, List<Fact> facts, Execution next) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event) {
        return new Write.Run(event.id(), JournalCodec.encode(facts), Logged.of(logs, facts, next));
      }
    }
    return null;
  }

  private Write.Rows rows(Fold fold, List<Write.ChildWrite> children) {
    Execution next = fold.next();
    List<Write.StoredFrame> frames = new ArrayList<>();
    List<FrameId> gone = new ArrayList<>();
    for (FrameId id : fold.touched()) {
      Frame frame = next.frames().get(id);
      if (frame == null) {
        gone.add(id);
      } else {
        frames.add(new Write.StoredFrame(id, StateCodec.encodeFrame(frame)));
      }
    }
    Map<TimerId, Instant> timers = new LinkedHashMap<>();
    fold.armed()
        .forEach(
            (timer, deadline) -> {
              if (deadline.stored()) {
                timers.put(timer, deadline.due());
              }
            });
    return new Write.Rows(
        frames,
        gone,
        fold.opened().stream().map(open -> openTask(fold, open)).toList(),
        fold.closed(),
        timers,
        fold.deletedTimerRows(),
        fold.consumed(),
        maps(fold, children));
  }

  private static Write.Maps maps(Fold fold, List<Write.ChildWrite> children) {
    return fold.mapRuns().isEmpty() && children.isEmpty() && fold.stoppedRuns().isEmpty()
        ? Write.Maps.NONE // as mostly
        : new Write.Maps(fold.mapRuns(), children, fold.stoppedRuns());
  }

  private Write.OpenTask openTask(Fold fold, Effect.OpenTask open) {
    if (open.kind() != Effect.TaskKind.ACTIVITY) {
      return new Write.OpenTask(open.task(), open.kind(), null, null);
    }
    Execution execution = fold.next();
    Frame frame = execution.frame(open.task().frame());
    byte[] input =
        frame.phase() instanceof Frame.Phase.AwaitingTask awaiting
            ? awaiting.arguments().bytes()
            : null;
    Optional<UUID> activity =
        activities.find(execution.info().key().tenant(), open.resource().arn());
    if (activity.isEmpty()) {
      fold.lacksActivity(open.task());
    }
    return new Write.OpenTask(open.task(), open.kind(), activity.orElse(null), input);
  }

  private static List<Write.Note> notes(StartRequest.@Nullable Parent parent, Execution next) {
    Instant stoppedAt = next.stoppedAt();
    if (parent == null || !parent.waits() || stoppedAt == null) {
      return List.of();
    }
    StartRequest.MapItem item = parent.mapItem();
    if (item != null) {
      // One that is redriven comes to an end again.
      String id = next.info().key().id().toString();
      String source = next.redriveCount() == 0 ? id : id + "#" + next.redriveCount();
      return List.of(
          new Write.Note(
              parent.execution(),
              source,
              InboxMessage.mapChildEnd(
                  parent.task(), next.status(), item, Redrivability.ofChild(next, stoppedAt))));
    }
    return List.of(
        new Write.Note(
            parent.execution(),
            next.info().key().id().toString(),
            InboxMessage.childEnd(parent.task(), ChildEnd.describe(next, stoppedAt))));
  }

  /// Every timer of the execution that has no row.
  static Map<TimerId, Instant> nearTimers(Map<TimerId, Deadline> all) {
    Map<TimerId, Instant> near = new LinkedHashMap<>();
    all.forEach(
        (timer, deadline) -> {
          if (!deadline.stored()) {
            near.put(timer, deadline.due());
          }
        });
    return near;
  }
}
