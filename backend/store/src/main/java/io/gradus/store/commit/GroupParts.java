package io.gradus.store.commit;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.engine.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lays a group's transitions out as the statements' columns.
final class GroupParts {
  private final List<Part<?>> parts = new ArrayList<>();
  private final List<Transition> withRows = new ArrayList<>();
  private final List<Transition> logged = new ArrayList<>();

  /// A row around an execution, with the transition that writes it.
  private record Side<R>(Transition by, R row) {}

  private GroupParts(List<NewExecution> starts, List<Transition> moves) {
    moves.forEach(this::add);
    starts.forEach(start -> add(start.first()));
    for (Transition transition : List.copyOf(withRows)) {
      transition.rows().maps().children().forEach(child -> add(child.first()));
    }
  }

  private void add(Transition transition) {
    if (!transition.rows().isEmpty()) {
      withRows.add(transition);
    }
    if (isLogged(transition)) {
      logged.add(transition);
    }
  }

  static List<Part<?>> of(List<NewExecution> starts, List<Transition> moves) {
    GroupParts group = new GroupParts(starts, moves);
    if (!starts.isEmpty()) {
      group.starts(starts);
    }
    if (!moves.isEmpty()) {
      group.moves(moves);
    }
    group.children(starts);
    if (!group.logged.isEmpty()) {
      group.logged();
    }
    if (!group.withRows.isEmpty()) {
      group.frames();
      group.tasks();
      group.timers();
      group.messages();
      group.mapRuns();
    }
    return group.parts;
  }

  private void starts(List<NewExecution> starts) {
    Part<NewExecution> part = new Part<>(GroupSql.START, starts);
    part.uuid(s -> s.first().key().tenant().value())
        .uuid(s -> s.first().key().id())
        .integer(s -> s.first().owner())
        .bigint(s -> s.first().movedBy())
        .smallint(s -> s.first().status().code())
        .uuid(NewExecution::stateMachineId)
        .uuid(NewExecution::revisionId)
        .text(NewExecution::name)
        .bytes(NewExecution::inputHash)
        .bigint(s -> Micros.of(s.startedAt()))
        .bigint(s -> microsOrNull(s.first().stoppedAt()))
        .bigint(s -> s.first().lastEventId())
        .bytes(s -> s.first().state())
        .bytes(NewExecution::mocks)
        .uuid(s -> of(s.parent(), NewExecution.Parent::executionId))
        .text(s -> of(s.parent(), p -> p.task().frame().value()))
        .bigint(s -> of(s.parent(), p -> p.task().attempt()))
        .text(NewExecution::traceHeader)
        .text(NewExecution::versionArn)
        .text(NewExecution::aliasArn)
        .text(NewExecution::startedBy)
        .smallint(s -> s.awsStrict() ? 1 : 0)
        .uuid(s -> of(s.fork(), NewExecution.Fork::executionId))
        .text(s -> of(s.fork(), NewExecution.Fork::state))
        .uuid(NewExecution::namesake)
        .text(s -> s.first().error());
    parts.add(part);
  }

  /// Children of Map Runs, and the first events of all that begins.
  private void children(List<NewExecution> starts) {
    if (starts.isEmpty() && withRows.isEmpty()) {
      return;
    }
    List<Side<MapRows.NewChild>> children = new ArrayList<>();
    List<Transition> begun = new ArrayList<>();
    starts.forEach(start -> begun.add(start.first()));
    for (Transition transition : withRows) {
      for (MapRows.NewChild child : transition.rows().maps().children()) {
        children.add(new Side<>(transition, child));
        begun.add(child.first());
      }
    }
    if (!children.isEmpty()) {
      parts.add(
          side(
              GroupSql.CHILDREN,
              children,
              part ->
                  part.uuid(s -> s.row().first().key().id())
                      .integer(s -> s.row().first().owner())
                      .bigint(s -> s.row().first().movedBy())
                      .smallint(s -> s.row().first().status().code())
                      .text(s -> s.row().name())
                      .bigint(s -> Micros.of(s.row().startedAt()))
                      .bigint(s -> microsOrNull(s.row().first().stoppedAt()))
                      .bigint(s -> s.row().first().lastEventId())
                      .bytes(s -> s.row().first().state())
                      .text(s -> s.row().frameId())
                      .bigint(s -> s.row().startedEventId())
                      .uuid(s -> s.row().mapRunId())
                      .text(s -> s.row().mapState())
                      .bigint(s -> s.row().index())
                      .integer(s -> s.row().items())));
    }
    begun.removeIf(first -> first.run() == null);
    if (begun.isEmpty()) {
      return;
    }
    Part<Transition> history = new Part<>(GroupSql.START_HISTORY, begun);
    history
        .uuid(t -> t.key().tenant().value())
        .uuid(t -> t.key().id())
        .bigint(Transition::version)
        .bigint(Transition::movedBy)
        .bigint(t -> of(t.run(), Transition.HistoryRun::firstEventId))
        .bytes(t -> of(t.run(), Transition.HistoryRun::events));
    parts.add(history);
  }

  private void mapRuns() {
    List<Side<MapRows.MapRunRow>> runs = sides(rows -> rows.maps().mapRuns());
    if (!runs.isEmpty()) {
      parts.add(side(GroupSql.MAP_RUNS, runs, GroupParts::mapRun));
    }
    List<Side<MapRows.StoppedChildren>> stopped = sides(rows -> rows.maps().stopped());
    if (!stopped.isEmpty()) {
      parts.add(
          side(
              GroupSql.CHILDREN_STOPPED,
              stopped,
              part ->
                  part.uuid(s -> s.row().mapRunId())
                      .smallint(_ -> ExecutionStatus.RUNNING.code())
                      .bytes(s -> s.row().message())));
    }
  }

  private static void mapRun(Part<Side<MapRows.MapRunRow>> part) {
    part.uuid(s -> run(s).id())
        .text(s -> s.row().frameId())
        .text(s -> run(s).state().value())
        .text(s -> run(s).label())
        .smallint(s -> run(s).status().code())
        .bigint(s -> Micros.of(run(s).startedAt()))
        .bigint(s -> microsOrNull(run(s).stoppedAt()))
        .integer(s -> progress(s).maxConcurrency())
        .integer(s -> progress(s).tolerance().count())
        .text(s -> of(progress(s).tolerance().percentage(), String::valueOf))
        .bigint(s -> run(s).total())
        .bigint(s -> progress(s).items())
        .bigint(s -> progress(s).children())
        .bigint(s -> progress(s).succeeded())
        .bigint(s -> progress(s).failed())
        .bigint(s -> progress(s).timedOut())
        .bigint(s -> progress(s).aborted())
        .bigint(s -> progress(s).succeededItems())
        .bigint(s -> progress(s).failedItems())
        .bigint(s -> progress(s).timedOutItems())
        .bigint(s -> progress(s).abortedItems())
        .bigint(s -> orZero(of(progress(s).redriving(), MapProgress.Redriving::pending)))
        .bigint(s -> orZero(of(progress(s).redriving(), MapProgress.Redriving::pendingItems)))
        .integer(s -> run(s).redriveCount())
        .bigint(s -> microsOrNull(run(s).redrivenAt()))
        .bigint(s -> of(progress(s).written(), MapProgress.Written::children))
        .bigint(s -> of(progress(s).written(), MapProgress.Written::items))
        .bigint(s -> progress(s).notRedrivable())
        .bigint(s -> progress(s).notRedrivableItems());
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static MapRun run(Side<MapRows.MapRunRow> side) {
    return side.row().mapRun();
  }

  private static MapProgress progress(Side<MapRows.MapRunRow> side) {
    return side.row().mapRun().progress();
  }

  private void moves(List<Transition> moves) {
    Part<Transition> part = new Part<>(GroupSql.MOVE, moves);
    part.uuid(t -> t.key().tenant().value())
        .uuid(t -> t.key().id())
        .bigint(Transition::version)
        .integer(Transition::owner)
        .bigint(Transition::movedBy)
        .smallint(t -> t.status().code())
        .bigint(t -> microsOrNull(t.stoppedAt()))
        .bigint(Transition::lastEventId)
        .bytes(Transition::state)
        .text(Transition::error)
        .bigint(t -> of(t.run(), Transition.HistoryRun::firstEventId))
        .bytes(t -> of(t.run(), Transition.HistoryRun::events));
    parts.add(part);
  }

  private static boolean isLogged(Transition transition) {
    Transition.HistoryRun run = transition.run();
    return run != null && run.logged() != null;
  }

  private void logged() {
    Part<Transition> part = new Part<>(GroupSql.LOGGED, logged);
    part.uuid(t -> t.key().tenant().value())
        .uuid(t -> t.key().id())
        .bigint(Transition::version)
        .bigint(Transition::movedBy)
        .bigint(t -> of(t.run(), Transition.HistoryRun::firstEventId))
        .integer(
            t ->
                of(
                    of(t.run(), Transition.HistoryRun::logged),
                    Transition.HistoryRun.Logged::redriveCount));
    parts.add(part);
  }

  private void frames() {
    pair(
        GroupSql.FRAMES_GONE,
        SideRows::framesGone,
        part -> part.text(Side::row),
        GroupSql.FRAMES,
        SideRows::frames,
        part -> part.text(s -> s.row().frameId()).bytes(s -> s.row().state()));
  }

  private void tasks() {
    pair(
        GroupSql.TASKS_CLOSED,
        SideRows::tasksClosed,
        part -> part.text(s -> s.row().frame().value()).bigint(s -> s.row().attempt()),
        GroupSql.TASKS_OPENED,
        SideRows::tasksOpened,
        part ->
            part.text(s -> task(s).frame().value())
                .bigint(s -> task(s).attempt())
                .smallint(s -> s.row().kind())
                .uuid(s -> s.row().activityId())
                .bytes(s -> s.row().input())
                .integer(s -> s.row().heartbeatSeconds()));
  }

  private void timers() {
    pair(
        GroupSql.TIMERS_DISARMED,
        SideRows::timersDisarmed,
        part -> part.text(Side::row),
        GroupSql.TIMERS_ARMED,
        SideRows::timersArmed,
        part -> part.text(s -> s.row().timerId()).bigint(s -> Micros.of(s.row().due())));
  }

  private void messages() {
    pair(
        GroupSql.CONSUMED,
        SideRows::consumed,
        part -> part.text(Side::row),
        GroupSql.SENT,
        SideRows::sent,
        part ->
            part.uuid(s -> s.row().to().id())
                .text(s -> s.row().sourceId())
                .smallint(s -> s.row().kind())
                .bytes(s -> s.row().payload()));
  }

  /// Adds the two statements of a table where either has rows: were each there or not by itself,
  /// the connection would have to keep several hundred different messages prepared.
  private <G, P> void pair(
      GroupSql gone,
      Function<SideRows, List<G>> goneRows,
      Consumer<Part<Side<G>>> goneColumns,
      GroupSql put,
      Function<SideRows, List<P>> putRows,
      Consumer<Part<Side<P>>> putColumns) {
    List<Side<G>> leaving = sides(goneRows);
    List<Side<P>> coming = sides(putRows);
    if (leaving.isEmpty() && coming.isEmpty()) {
      return;
    }
    parts.add(side(gone, leaving, goneColumns));
    parts.add(side(put, coming, putColumns));
  }

  private <R> List<Side<R>> sides(Function<SideRows, List<R>> rows) {
    List<Side<R>> sides = new ArrayList<>();
    for (Transition transition : withRows) {
      for (R row : rows.apply(transition.rows())) {
        sides.add(new Side<>(transition, row));
      }
    }
    return sides;
  }

  /// The execution's key and marks come before the columns of the row itself.
  private static <R> Part<Side<R>> side(
      GroupSql sql, List<Side<R>> rows, Consumer<Part<Side<R>>> columns) {
    Part<Side<R>> part = new Part<>(sql, rows);
    part.uuid(s -> s.by().key().tenant().value())
        .uuid(s -> s.by().key().id())
        .bigint(s -> s.by().version())
        .bigint(s -> s.by().movedBy());
    columns.accept(part);
    return part;
  }

  private static TaskId task(Side<SideRows.TaskRow> side) {
    return side.row().task();
  }

  private static <T, V> @Nullable V of(@Nullable T from, Function<T, @Nullable V> value) {
    return from == null ? null : value.apply(from);
  }

  private static @Nullable Long microsOrNull(@Nullable Instant instant) {
    return instant == null ? null : Micros.of(instant);
  }
}
