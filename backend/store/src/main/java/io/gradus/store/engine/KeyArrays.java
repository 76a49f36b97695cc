package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Executions' keys as the arrays that the hot statements unnest, and back.
final class KeyArrays {
  /// Before any other.
  static final ExecutionKey FIRST = new ExecutionKey(new TenantId(new UUID(0, 0)), new UUID(0, 0));

  private final List<ExecutionKey> keys;

  /// In the order in which every statement locks.
  KeyArrays(Collection<ExecutionKey> keys) {
    this.keys = keys.stream().sorted().toList();
  }

  /// @return the index of the next parameter
  int bind(Connection connection, PreparedStatement statement, int index) throws SQLException {
    UUID[] tenants = keys.stream().map(key -> key.tenant().value()).toArray(UUID[]::new);
    UUID[] ids = keys.stream().map(ExecutionKey::id).toArray(UUID[]::new);
    statement.setArray(index, connection.createArrayOf("uuid", tenants));
    statement.setArray(index + 1, connection.createArrayOf("uuid", ids));
    return index + 2;
  }

  static int bind(PreparedStatement statement, int index, ExecutionKey key) throws SQLException {
    statement.setObject(index, key.tenant().value());
    statement.setObject(index + 1, key.id());
    return index + 2;
  }

  static ExecutionKey read(ResultSet rows) throws SQLException {
    return new ExecutionKey(new TenantId(uuid(rows, 1)), uuid(rows, 2));
  }

  static UUID uuid(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, UUID.class);
  }

  static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet rows, int column) throws SQLException {
    OffsetDateTime at = rows.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static <T> T[] array(ResultSet rows, int column, T[] none) throws SQLException {
    Array array = rows.getArray(column);
    if (array == null) {
      return none;
    }
    @SuppressWarnings("unchecked")
    T[] values = (T[]) array.getArray();
    return values;
  }
}
