package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Commits many executions' transitions as one message and one implicit transaction: several
/// statements before one Sync, in autocommit. One thread uses it at a time.
///
/// A transition whose version is not found loses alone. A group that fails as a whole changed
/// nothing, unless the connection was lost on the way: then what became of it is unknown, and is to
/// be read by `moved_by`.
///
/// It watches the plans ([PlanWatch]). While one does not go by the full primary key it sends a row
/// at a time, in one transaction: slow, but safe.
public final class GroupCommitter implements AutoCloseable {
  /// Most transitions of one group.
  public static final int MAX_TRANSITIONS = 1_000;

  /// Most bytes of one group.
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  // Names before ids: two groups that start the same names must meet them in the same order.
  private static final Comparator<NewExecution> BY_NAME =
      Comparator.comparing((NewExecution s) -> s.first().key().tenant())
          .thenComparing(NewExecution::stateMachineId)
          .thenComparing(NewExecution::name);

  private final Connection connection;
  private final PlanWatch plans;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /// @param connection an engine connection of its own, in autocommit
  public GroupCommitter(Connection connection) {
    this.connection = connection;
    this.plans = new PlanWatch(connection);
  }

  /// Commits a group, in an order that no other group's can lock against. An execution has one
  /// transition in it at most.
  ///
  /// @throws SQLException if the group failed as a whole, or its outcome is unknown
  public CommitOutcome commit(List<NewExecution> starts, List<Transition> moves)
      throws SQLException {
    return commit(starts, moves, plans.form(starts.size() + moves.size()));
  }

  CommitOutcome commit(List<NewExecution> starts, List<Transition> moves, PlanWatch.Form form)
      throws SQLException {
    if (starts.size() + moves.size() > MAX_TRANSITIONS) {
      throw new IllegalArgumentException(
          "expected at most %d transitions, found %d"
              .formatted(MAX_TRANSITIONS, starts.size() + moves.size()));
    }
    List<Part<?>> parts =
        GroupParts.of(
            starts.stream().sorted(BY_NAME).toList(),
            moves.stream().sorted(Comparator.comparing(Transition::key)).toList());
    return switch (form) {
      case GROUPED -> grouped(parts);
      case SINGLE -> single(parts);
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private CommitOutcome grouped(List<Part<?>> parts) throws SQLException {
    // Whoever is alone waits for the commit and little else: without arrays it is an eighth
    // shorter.
    boolean alone = parts.stream().allMatch(part -> part.rows() == 1);
    PreparedStatement statement =
        prepared(
            parts.stream()
                .map(part -> (alone ? part.sql().single() : part.sql().grouped()) + ";\n")
                .collect(Collectors.joining("", "", GroupSql.NOW)));
    int index = 1;
    for (Part<?> part : parts) {
      index = alone ? part.bindRow(statement, 0, index) : part.bind(connection, statement, index);
    }
    statement.execute();
    SQLWarning warning = statement.getWarnings();
    if (warning != null) {
      // As when the wait for a synchronous standby was cancelled: stored here, perhaps not there.
      throw new SQLException("expected no warning: " + warning.getMessage(), "40003", warning);
    }
    Found found = new Found();
    for (Part<?> part : parts) {
      found.add(part.sql(), statement.getResultSet());
      statement.getMoreResults();
    }
    try (ResultSet now = statement.getResultSet()) {
      return found.outcome(now);
    }
  }

  private CommitOutcome single(List<Part<?>> parts) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Found found = new Found();
      for (Part<?> part : parts) {
        PreparedStatement statement = prepared(part.sql().single());
        for (int row = 0; row < part.rows(); row++) {
          part.bindRow(statement, row, 1);
          statement.execute();
          found.add(part.sql(), statement.getResultSet());
        }
      }
      CommitOutcome outcome;
      try (ResultSet now = prepared(GroupSql.NOW).executeQuery()) {
        outcome = found.outcome(now);
      }
      connection.commit();
      connection.setAutoCommit(true);
      return outcome;
    } catch (SQLException e) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /// Gathers what the statements return.
  private static final class Found {
    private final Set<ExecutionKey> started = new HashSet<>();
    private final Set<ExecutionKey> moved = new HashSet<>();

    void add(GroupSql sql, @Nullable ResultSet rows) throws SQLException {
      if (rows == null) {
        return;
      }
      Set<ExecutionKey> keys = sql == GroupSql.START ? started : moved;
      try (rows) {
        while (rows.next()) {
          keys.add(
              new ExecutionKey(
                  new TenantId(rows.getObject(1, UUID.class)), rows.getObject(2, UUID.class)));
        }
      }
    }

    CommitOutcome outcome(@Nullable ResultSet now) throws SQLException {
      if (now == null || !now.next()) {
        throw new SQLException("expected the database's time, found none");
      }
      Instant at = Micros.instant(now.getLong(1));
      return new CommitOutcome(Set.copyOf(started), Set.copyOf(moved), at);
    }
  }
}
