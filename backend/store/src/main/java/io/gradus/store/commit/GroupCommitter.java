package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Commits many executions' transitions as one message and one implicit transaction: several
/// statements before one Sync, in autocommit. One thread uses it at a time.
///
/// A transition whose version is not found loses alone. A group that fails as a whole changed
/// nothing, unless the connection was lost on the way: then what became of it is unknown, and is to
/// be read by `moved_by` ([CommitAftermath]).
public final class GroupCommitter implements AutoCloseable {
  /// Most transitions of one group.
  public static final int MAX_TRANSITIONS = 1_000;

  /// Most bytes of one group.
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();

  /// Commits over one connection.
  ///
  /// @param connection an engine connection of its own, in autocommit
  public GroupCommitter(Connection connection) {
    this.connection = connection;
  }

  /// Commits a group.
  ///
  /// @param starts and `moves` sorted by key, the order in which every statement locks
  /// @throws SQLException if the group failed as a whole, or its outcome is unknown
  public CommitOutcome commit(List<NewExecution> starts, List<Transition> moves)
      throws SQLException {
    List<Part> parts = parts(starts, moves);
    String sql = parts.stream().map(Part::sql).collect(Collectors.joining(";\n"));
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    int index = 1;
    for (Part part : parts) {
      index = part.bind(connection, statement, index);
    }
    statement.execute();
    return outcome(statement, !starts.isEmpty(), !moves.isEmpty());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static CommitOutcome outcome(PreparedStatement statement, boolean starts, boolean moves)
      throws SQLException {
    List<ResultSet> results = new ArrayList<>();
    while (true) {
      ResultSet rows = statement.getResultSet();
      if (rows != null) {
        results.add(rows);
      } else if (statement.getUpdateCount() == -1) {
        break;
      }
      statement.getMoreResults(java.sql.Statement.KEEP_CURRENT_RESULT);
    }
    Set<ExecutionKey> started = starts ? keys(results.get(0)) : Set.of();
    Set<ExecutionKey> moved = moves ? keys(results.get(starts ? 1 : 0)) : Set.of();
    ResultSet now = results.getLast();
    now.next();
    long micros = now.getLong(1);
    for (ResultSet rows : results) {
      rows.close();
    }
    return new CommitOutcome(started, moved, Micros.instant(micros));
  }

  private static Set<ExecutionKey> keys(ResultSet rows) throws SQLException {
    Set<ExecutionKey> keys = new HashSet<>();
    while (rows.next()) {
      keys.add(
          new ExecutionKey(
              new TenantId(rows.getObject(1, UUID.class)), rows.getObject(2, UUID.class)));
    }
    return keys;
  }

  private static List<Part> parts(List<NewExecution> starts, List<Transition> moves) {
    List<Part> parts = new ArrayList<>();
    if (!starts.isEmpty()) {
      parts.add(start(starts));
      List<NewExecution> begun = starts.stream().filter(s -> first(s).run() != null).toList();
      if (!begun.isEmpty()) {
        parts.add(startHistory(begun));
      }
    }
    if (!moves.isEmpty()) {
      parts.add(move(moves));
    }
    List<Transition> all = new ArrayList<>(moves);
    starts.forEach(s -> all.add(s.first()));
    side(
        parts,
        GroupSql.FRAMES_GONE,
        all,
        t -> t.rows().framesGone(),
        (p, id) -> p.text(r -> (String) r));
    side(
        parts,
        GroupSql.FRAMES,
        all,
        t -> t.rows().frames(),
        (p, id) ->
            p.text(r -> ((SideRows.FrameRow) r).frameId())
                .bytes(r -> ((SideRows.FrameRow) r).state()));
    side(
        parts,
        GroupSql.TASKS_CLOSED,
        all,
        t -> t.rows().tasksClosed(),
        (p, id) -> p.text(r -> ((TaskId) r).frame().value()).bigint(r -> ((TaskId) r).attempt()));
    side(parts, GroupSql.TASKS_OPENED, all, t -> t.rows().tasksOpened(), (p, id) -> task(p));
    side(
        parts,
        GroupSql.TIMERS_DISARMED,
        all,
        t -> t.rows().timersDisarmed(),
        (p, id) -> p.text(r -> (String) r));
    side(
        parts,
        GroupSql.TIMERS_ARMED,
        all,
        t -> t.rows().timersArmed(),
        (p, id) ->
            p.text(r -> ((SideRows.TimerRow) r).timerId())
                .bigint(r -> Micros.of(((SideRows.TimerRow) r).due())));
    side(
        parts,
        GroupSql.CONSUMED,
        all,
        t -> t.rows().consumed(),
        (p, id) -> p.text(r -> (String) r));
    side(parts, GroupSql.SENT, all, t -> t.rows().sent(), (p, id) -> sent(p));
    parts.add(new Part(GroupSql.NOW, List.of()));
    return parts;
  }

  private static Part start(List<NewExecution> starts) {
    return new Part(GroupSql.START, starts)
        .uuid(s -> first(s).key().tenant().value())
        .uuid(s -> first(s).key().id())
        .integer(s -> first(s).owner())
        .bigint(s -> first(s).movedBy())
        .smallint(s -> first(s).status().code())
        .uuid(s -> ((NewExecution) s).stateMachineId())
        .uuid(s -> ((NewExecution) s).revisionId())
        .text(s -> ((NewExecution) s).name())
        .bytes(s -> ((NewExecution) s).inputHash())
        .bigint(s -> Micros.of(((NewExecution) s).startedAt()))
        .bigint(s -> microsOrNull(first(s).stoppedAt()))
        .bigint(s -> first(s).lastEventId())
        .bytes(s -> first(s).state())
        .bytes(s -> ((NewExecution) s).mocks())
        .uuid(s -> parent(s) == null ? null : parent(s).executionId())
        .text(s -> parent(s) == null ? null : parent(s).task().frame().value())
        .bigint(s -> parent(s) == null ? null : parent(s).task().attempt())
        .text(s -> ((NewExecution) s).traceHeader())
        .text(s -> ((NewExecution) s).versionArn())
        .text(s -> ((NewExecution) s).aliasArn());
  }

  private static Part startHistory(List<NewExecution> starts) {
    return new Part(GroupSql.START_HISTORY, starts)
        .uuid(s -> first(s).key().tenant().value())
        .uuid(s -> first(s).key().id())
        .bigint(s -> first(s).movedBy())
        .bigint(s -> run(first(s)).firstEventId())
        .bytes(s -> run(first(s)).events());
  }

  private static Part move(List<Transition> moves) {
    return new Part(GroupSql.MOVE, moves)
        .uuid(t -> ((Transition) t).key().tenant().value())
        .uuid(t -> ((Transition) t).key().id())
        .bigint(t -> ((Transition) t).version())
        .integer(t -> ((Transition) t).owner())
        .bigint(t -> ((Transition) t).movedBy())
        .smallint(t -> ((Transition) t).status().code())
        .bigint(t -> microsOrNull(((Transition) t).stoppedAt()))
        .bigint(t -> ((Transition) t).lastEventId())
        .bytes(t -> ((Transition) t).state())
        .bigint(t -> ((Transition) t).run() == null ? null : ((Transition) t).run().firstEventId())
        .bytes(t -> ((Transition) t).run() == null ? null : ((Transition) t).run().events());
  }

  private static void task(Part part) {
    part.text(r -> ((SideRows.TaskRow) r).task().frame().value())
        .bigint(r -> ((SideRows.TaskRow) r).task().attempt())
        .smallint(r -> ((SideRows.TaskRow) r).kind())
        .uuid(r -> ((SideRows.TaskRow) r).activityId())
        .bytes(r -> ((SideRows.TaskRow) r).input())
        .integer(r -> ((SideRows.TaskRow) r).heartbeatSeconds());
  }

  private static void sent(Part part) {
    part.uuid(r -> ((SideRows.InboxRow) r).to().id())
        .text(r -> ((SideRows.InboxRow) r).sourceId())
        .smallint(r -> ((SideRows.InboxRow) r).kind())
        .bytes(r -> ((SideRows.InboxRow) r).payload());
  }

  private interface Columns {
    void add(Part part, Object row);
  }

  /// Adds a statement for rows around executions, if there are any: the execution's key and mark
  /// come before the columns of the row itself.
  private static void side(
      List<Part> parts,
      String sql,
      List<Transition> transitions,
      Function<Transition, List<?>> rows,
      Columns columns) {
    List<Transition> of = new ArrayList<>();
    List<Object> all = new ArrayList<>();
    for (Transition transition : transitions) {
      for (Object row : rows.apply(transition)) {
        of.add(transition);
        all.add(row);
      }
    }
    if (all.isEmpty()) {
      return;
    }
    Part part = new Part(sql, all);
    part.fixed("uuid", of.stream().map(t -> t.key().tenant().value()).toArray(UUID[]::new));
    part.fixed("uuid", of.stream().map(t -> t.key().id()).toArray(UUID[]::new));
    part.fixed("int8", of.stream().map(Transition::movedBy).toArray(Long[]::new));
    columns.add(part, all);
    parts.add(part);
  }

  private static Transition first(Object start) {
    return ((NewExecution) start).first();
  }

  private static NewExecution.@Nullable Parent parent(Object start) {
    return ((NewExecution) start).parent();
  }

  private static Transition.HistoryRun run(Transition transition) {
    Transition.HistoryRun run = transition.run();
    if (run == null) {
      throw new IllegalArgumentException("expected a start to have events");
    }
    return run;
  }

  private static @Nullable Long microsOrNull(@Nullable Instant instant) {
    return instant == null ? null : Micros.of(instant);
  }
}
