package io.gradus.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One statement of a group with the arrays it is bound to.
final class Part {
  private final String sql;
  private final List<?> rows;
  private final List<Array> arrays = new ArrayList<>();

  private record Array(String type, Object[] values) {}

  Part(String sql, List<?> rows) {
    this.sql = sql;
    this.rows = rows;
  }

  String sql() {
    return sql;
  }

  Part uuid(Function<Object, @Nullable UUID> value) {
    return column("uuid", new UUID[rows.size()], value);
  }

  Part text(Function<Object, @Nullable String> value) {
    return column("text", new String[rows.size()], value);
  }

  Part bytes(Function<Object, byte @Nullable []> value) {
    return column("bytea", new byte[rows.size()][], value);
  }

  Part bigint(Function<Object, @Nullable Long> value) {
    return column("int8", new Long[rows.size()], value);
  }

  Part integer(Function<Object, @Nullable Integer> value) {
    return column("int4", new Integer[rows.size()], value);
  }

  Part smallint(Function<Object, Integer> value) {
    return column("int2", new Short[rows.size()], row -> value.apply(row).shortValue());
  }

  Part fixed(String type, Object[] values) {
    arrays.add(new Array(type, values));
    return this;
  }

  /// Binds the arrays.
  ///
  /// @return the index of the next parameter
  int bind(Connection connection, PreparedStatement statement, int from) throws SQLException {
    int index = from;
    for (Array array : arrays) {
      statement.setArray(index++, connection.createArrayOf(array.type(), array.values()));
    }
    return index;
  }

  private <T> Part column(
      String type, @Nullable T[] values, Function<Object, ? extends @Nullable T> value) {
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(rows.get(i));
    }
    return fixed(type, values);
  }
}
