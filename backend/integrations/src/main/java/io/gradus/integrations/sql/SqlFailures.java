package io.gradus.integrations.sql;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.egress.TlsProblem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// What databases refuse, by the class of its SQLSTATE (ISO 9075).
final class SqlFailures {
  static final String UNREACHED = "Sql.ConnectionFailedException";

  private static final String CANCELLED = "57014";

  private SqlFailures() {}

  /// @param peer host and port
  static TaskOutcome.Failed of(SQLException e, String peer) {
    String tls = TlsProblem.of(e, peer);
    if (tls != null) {
      return Failures.failed(UNREACHED, tls);
    }
    SQLException told = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EgressSockets.Refused refused) {
        return Failures.failed(ErrorName.PERMISSIONS, refused.getMessage());
      }
      // A pool tells that it got no connection; why is what the database said.
      if (e instanceof SQLTransientConnectionException && cause instanceof SQLException inner) {
        told = inner;
      }
    }
    String state = told.getSQLState();
    String message = told.getMessage() == null ? "The database broke off" : told.getMessage();
    return Failures.failed(
        error(state, told), state == null ? message : message + " (SQLSTATE " + state + ")");
  }

  private static String error(@Nullable String state, SQLException e) {
    if (e instanceof SQLTransientConnectionException) {
      return "Sql.TooManyConnectionsException";
    }
    if (state == null || state.length() < 2) {
      return "Sql.DatabaseException";
    }
    if (state.equals(CANCELLED)) {
      return "Sql.TimeoutException";
    }
    return switch (state.substring(0, 2)) {
      case "08" -> UNREACHED;
      case "22" -> "Sql.DataException";
      case "23" -> "Sql.IntegrityConstraintViolationException";
      case "28" -> "Sql.AuthenticationFailedException";
      case "40" -> "Sql.TransactionRollbackException";
      case "42" -> "Sql.SyntaxErrorOrAccessRuleViolationException";
      case "53" -> "Sql.InsufficientResourcesException";
      case "57" -> "Sql.OperatorInterventionException";
      default -> "Sql.DatabaseException";
    };
  }
}
