package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final Comparator<Transition> BY_KEY = Comparator.comparing(Transition::key);

  private final Connection connection;
  private final PlanWatch plans;
  private final Map<Message, PreparedStatement> prepared = new HashMap<>();

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
    List<Part<?>> parts = GroupParts.of(sorted(starts, BY_NAME), sorted(moves, BY_KEY));
    return switch (form) {
      case GROUPED -> grouped(parts);
      case SINGLE -> single(parts);
    };
  }

  private static <T> List<T> sorted(List<T> rows, Comparator<T> order) {
    return rows.size() < 2 ? rows : rows.stream().sorted(order).toList();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private CommitOutcome grouped(List<Part<?>> parts) throws SQLException {
    // Whoever is alone waits for the commit and little else: without arrays it is an eighth
    // shorter.
    boolean alone = parts.stream().allMatch(part -> part.rows() == 1);
    PreparedStatement statement = prepared(Message.of(parts, alone));
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
    return outcome(found);
  }

  private CommitOutcome single(List<Part<?>> parts) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Found found = new Found();
      for (Part<?> part : parts) {
        PreparedStatement statement = prepared(new Message(true, List.of(part.sql())));
        for (int row = 0; row < part.rows(); row++) {
          part.bindRow(statement, row, 1);
          statement.execute();
          found.add(part.sql(), statement.getResultSet());
        }
      }
      CommitOutcome outcome = outcome(found);
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

  /// Which statements go to the database together. As a key it is told from others without their
  /// text.
  private record Message(boolean alone, List<GroupSql> statements) {
    static Message of(List<Part<?>> parts, boolean alone) {
      List<GroupSql> statements = new ArrayList<>(parts.size());
      for (Part<?> part : parts) {
        statements.add(part.sql());
      }
      return new Message(alone, statements);
    }

    String text() {
      return statements.stream()
          .map(sql -> alone ? sql.single() : sql.grouped())
          .collect(Collectors.joining(";\n"));
    }
  }

  private PreparedStatement prepared(Message message) throws SQLException {
    PreparedStatement statement = prepared.get(message);
    if (statement == null) {
      statement = connection.prepareStatement(message.text());
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      prepared.put(message, statement);
    }
    return statement;
  }

  private CommitOutcome outcome(Found found) throws SQLException {
    Instant at = found.at;
    if (at == null) { // all have lost, so nobody said
      try (Statement statement = connection.createStatement();
          ResultSet now = statement.executeQuery(GroupSql.NOW)) {
        if (!now.next()) {
          throw new SQLException("expected the database's time, found none");
        }
        at = Micros.instant(now.getLong(1));
      }
    }
    return new CommitOutcome(Set.copyOf(found.started), Set.copyOf(found.moved), at);
  }

  /// Gathers what the statements return.
  private static final class Found {
    private final Set<ExecutionKey> started = new HashSet<>();
    private final Set<ExecutionKey> moved = new HashSet<>();
    private @Nullable Instant at;

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
          if (at == null) {
            at = Micros.instant(rows.getLong(3));
          }
        }
      }
    }
  }
}
