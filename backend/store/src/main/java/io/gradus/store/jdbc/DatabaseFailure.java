package io.gradus.store.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the database did not do, and whether it might yet.
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What can be known of the work that failed.
  public enum Kind {
    /// Nothing was stored; the same may succeed in a moment (a deadlock, no room, no connection
    /// free).
    AGAIN,
    /// Nothing was stored, and the same never will be: the data is not acceptable.
    REFUSED,
    /// The connection was lost on the way: the work may have been stored or not.
    UNKNOWN
  }

  private DatabaseFailure(Kind kind, SQLException cause) {
    super(cause.getMessage(), cause);
    this.kind = kind;
  }

  /// The failure that an exception of the driver stands for.
  public static DatabaseFailure of(SQLException cause) {
    return new DatabaseFailure(kind(cause.getSQLState()), cause);
  }

  /// The failure to get a connection: nothing was sent, hence nothing stored.
  public static DatabaseFailure unreachable(SQLException cause) {
    return new DatabaseFailure(Kind.AGAIN, cause);
  }

  /// The failure that was thrown, or that is behind what was.
  public static Optional<DatabaseFailure> behind(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  public Kind kind() {
    return kind;
  }

  private static Kind kind(@Nullable String state) {
    if (state == null || state.length() < 5) {
      return Kind.UNKNOWN;
    }
    return switch (state) {
      // The answer, not the work, is what failed; and shutdowns close the connection.
      case "40003", "57P01", "57P02", "57P03", "57P05" -> Kind.UNKNOWN;
      default ->
          switch (state.substring(0, 2)) {
            case "08" -> Kind.UNKNOWN;
            // Rolled back, no room, in use, cancelled, a disk's error, read-only after a failover;
            // 42
            // is a fault of the schema or of a grant, which is not for the data to pay.
            case "25", "40", "42", "53", "55", "57", "58" -> Kind.AGAIN;
            default -> Kind.REFUSED;
          };
    };
  }
}
