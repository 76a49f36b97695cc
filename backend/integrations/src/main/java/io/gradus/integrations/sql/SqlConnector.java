package io.gradus.integrations.sql;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.Patience;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.egress.OpenCalls;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `sql:query`: one statement, which the database does wholly or not at all. Its result is
/// `{"Rows", "RowCount", "HasMore", "UpdateCount"}`.
public final class SqlConnector implements Connector, AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int TRIAL_SECONDS = 10;

  private final SqlDatabases databases;
  private final SqlPools pools;
  private final OpenCalls calls = new OpenCalls();

  /// @param sockets held to the policy for what tenants configure
  public SqlConnector(SqlDatabases databases, SqlDrivers drivers, EgressSockets sockets) {
    this(databases, new SqlPools(drivers, sockets));
  }

  SqlConnector(SqlDatabases databases, SqlPools pools) {
    this.databases = databases;
    this.pools = pools;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals("sql");
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return calls.run(invocation, call -> call(invocation, call));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    calls.cancel(invocation);
  }

  /// Connects to a database, once.
  ///
  /// @return what is wrong, null for nothing
  public @Nullable String trial(SqlDatabase database) {
    TaskOutcome outcome =
        attempt(
            database,
            () -> {
              try (Connection connection = pools.connectOnce(database)) {
                return connection.isValid(TRIAL_SECONDS)
                    ? new TaskOutcome.Succeeded(Payload.of(PayloadJson.MAPPER.nullNode()))
                    : Failures.failed(SqlFailures.UNREACHED, "The database does not answer");
              }
            });
    return outcome instanceof TaskOutcome.Failed failed ? String.valueOf(failed.cause()) : null;
  }

  private TaskOutcome call(TaskInvocation invocation, Call call) {
    SqlQuery query;
    try {
      query = SqlQuery.parse(invocation.arguments().json());
    } catch (InvalidArguments invalid) {
      return invalid.outcome();
    }
    Optional<SqlDatabase> database =
        databases.find(invocation.execution().tenant(), query.connection());
    if (database.isEmpty()) {
      return Failures.failed(
          ErrorName.PERMISSIONS,
          query.connection() == null
              ? "This tenant has no SQL connection to work by"
              : "This tenant has no SQL connection '" + query.connection() + "'");
    }
    return attempt(
        database.get(),
        () -> {
          try (Connection connection = pools.connect(database.get())) {
            return run(connection, database.get(), query, Patience.of(invocation, LIMIT), call);
          }
        });
  }

  private interface Attempt {
    TaskOutcome run()
        throws SQLException, EgressFailure, InvalidArguments, Rows.TooLong, SqlPools.UnknownDriver;
  }

  private static TaskOutcome attempt(SqlDatabase database, Attempt attempt) {
    try {
      return attempt.run();
    } catch (SQLException e) {
      return SqlFailures.of(e, database.host() + ":" + database.port());
    } catch (EgressFailure failure) {
      return failure.kind() == EgressFailure.Kind.REFUSED
          ? Failures.failed(ErrorName.PERMISSIONS, failure.problem())
          : Failures.failed(SqlFailures.UNREACHED, failure.problem());
    } catch (InvalidArguments invalid) {
      return invalid.outcome();
    } catch (SqlPools.UnknownDriver unknown) {
      return Failures.failed(ErrorName.RUNTIME, unknown.getMessage());
    } catch (Rows.TooLong _) {
      return Failures.failed(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The state/task 'sql' returned a result with a size exceeding the maximum number of"
              + " bytes service limit.");
    }
  }

  private static TaskOutcome run(
      Connection connection, SqlDatabase database, SqlQuery query, Duration timeout, Call call)
      throws SQLException, InvalidArguments, Rows.TooLong {
    if (database.driver().equals(SqlDrivers.POSTGRESQL)) {
      requireOne(query.statement());
    }
    try (PreparedStatement statement = connection.prepareStatement(query.statement())) {
      statement.setMaxRows(query.maxRows() + 1);
      statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
      set(statement, query.parameters());
      call.onCancel(() -> cancel(statement));
      boolean rows = statement.execute();
      if (!rows) {
        ArrayNode none = PayloadJson.MAPPER.createArrayNode();
        return result(none, false, Math.max(0, statement.getUpdateCount()));
      }
      try (ResultSet found = statement.getResultSet()) {
        ArrayNode all = new Rows().read(found, query.maxRows());
        boolean more = all.size() > query.maxRows();
        if (more) {
          all.remove(all.size() - 1);
        }
        return result(all, more, 0);
      }
    }
  }

  private static TaskOutcome result(ArrayNode rows, boolean more, int updated) {
    ObjectNode result = PayloadJson.MAPPER.createObjectNode();
    result.set("Rows", rows);
    result.put("RowCount", rows.size()).put("HasMore", more).put("UpdateCount", updated);
    return new TaskOutcome.Succeeded(Payload.of(result));
  }

  /// One statement is one transaction; of several the first could stand without the last.
  private static void requireOne(String statement) throws SQLException, InvalidArguments {
    if (Parser.parseJdbcSql(statement, true, true, true, false, false).size() > 1) {
      throw new InvalidArguments("The field 'Statement' must hold one statement");
    }
  }

  private static void set(PreparedStatement statement, List<JsonNode> parameters)
      throws SQLException, InvalidArguments {
    int wanted = statement.getParameterMetaData().getParameterCount();
    if (wanted != parameters.size()) {
      throw new InvalidArguments(
          "The statement has %d places for values, and the field 'Parameters' has %d"
              .formatted(wanted, parameters.size()));
    }
    for (int i = 0; i < parameters.size(); i++) {
      JsonNode value = parameters.get(i);
      int at = i + 1;
      if (value.isNull()) {
        statement.setNull(at, Types.NULL);
      } else if (value.isBoolean()) {
        statement.setBoolean(at, value.booleanValue());
      } else if (value.isIntegralNumber() && value.canConvertToLong()) {
        statement.setLong(at, value.longValue());
      } else if (value.isNumber()) {
        statement.setBigDecimal(at, value.decimalValue());
      } else {
        statement.setString(at, value.isString() ? value.stringValue() : value.toString());
      }
    }
  }

  private static void cancel(PreparedStatement statement) {
    try {
      statement.cancel();
    } catch (SQLException _) {
      // It is over already, or its time will be.
    }
  }

  @Override
  public void close() {
    pools.close();
  }
}
