package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.Transition;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/// What became of a commit whose answer was lost. To be asked when the backend that had it is gone
/// and the same group was sent again: whatever the second sending did not find may have been stored
/// by the first.
public final class CommitAftermath {
  private static final String MARKS =
      """
      select g.tenant_id, g.id, e.moved_by, h.moved_by
      from unnest(?::uuid[], ?::uuid[], ?::bigint[]) g(tenant_id, id, first_event_id)
      join execution e on e.tenant_id = g.tenant_id and e.id = g.id
      left join history h
        on h.tenant_id = g.tenant_id and h.execution_id = g.id and h.first_event_id = g.first_event_id""";

  private final Sessions sessions;

  private record Marks(long row, long run) {}

  /// @param engine `Database.engine()`
  public CommitAftermath(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// The executions whose start or transition stands in the database, by this very sending or an
  /// earlier one of the same. Everything else is a conflict.
  ///
  /// @throws io.gradus.store.jdbc.DatabaseFailure if the database could not be asked
  public Set<ExecutionKey> committed(List<NewExecution> starts, List<Transition> moves) {
    List<Transition> all = new ArrayList<>(moves);
    starts.forEach(start -> all.add(start.first()));
    if (all.isEmpty()) {
      return Set.of();
    }
    Map<ExecutionKey, Marks> marks =
        sessions.call(
            connection -> {
              Map<ExecutionKey, Marks> found = marks(connection, all);
              Standbys.awaitAll(connection);
              return found;
            });
    Set<ExecutionKey> committed = new HashSet<>();
    // A start's id is its own: whoever finds the row, finds this start.
    starts.stream()
        .map(start -> start.first().key())
        .filter(marks::containsKey)
        .forEach(committed::add);
    for (Transition move : moves) {
      Marks found = marks.get(move.key());
      // The row bears a later mark when another moved it since; the run of events bears ours still.
      if (found != null && (found.row() == move.movedBy() || found.run() == move.movedBy())) {
        committed.add(move.key());
      }
    }
    return committed;
  }

  private static Map<ExecutionKey, Marks> marks(Connection connection, List<Transition> all)
      throws SQLException {
    Object[] tenants = all.stream().map(move -> move.key().tenant().value()).toArray();
    Object[] ids = all.stream().map(move -> move.key().id()).toArray();
    Object[] runs = all.stream().map(CommitAftermath::firstEventId).toArray();
    Map<ExecutionKey, Marks> marks = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(MARKS)) {
      statement.setArray(1, connection.createArrayOf("uuid", tenants));
      statement.setArray(2, connection.createArrayOf("uuid", ids));
      statement.setArray(3, connection.createArrayOf("int8", runs));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          marks.put(KeyArrays.read(rows), new Marks(rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return marks;
  }

  /// Without events it has no run; no run begins at 0.
  private static Long firstEventId(Transition move) {
    HistoryRun run = move.run();
    return run == null ? 0L : run.firstEventId();
  }
}
