package io.gradus.postgres;

/// PostgreSQL could not be found, prepared, started or stopped. The message says what to do about
/// it.
public final class PostgresUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresUnavailableException(String message) {
    super(message);
  }

  PostgresUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
