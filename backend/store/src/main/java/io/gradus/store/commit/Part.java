package io.gradus.store.commit;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/// One statement of a group with the columns it is bound to.
///
/// @param <R> what makes a row of it
final class Part<R> {
  private final GroupSql sql;
  private final List<R> rows;
  private final List<Column<R, ?>> columns = new ArrayList<>();

  /// @param array one for so many rows
  private record Column<R, T>(
      String type,
      int jdbcType,
      IntFunction<@Nullable T[]> array,
      Function<R, ? extends @Nullable T> value) {
    @Nullable T[] values(List<R> rows) {
      @Nullable T[] values = array.apply(rows.size());
      for (int i = 0; i < values.length; i++) {
        values[i] = value.apply(rows.get(i));
      }
      return values;
    }
  }

  Part(GroupSql sql, List<R> rows) {
    this.sql = sql;
    this.rows = rows;
  }

  GroupSql sql() {
    return sql;
  }

  int rows() {
    return rows.size();
  }

  Part<R> uuid(Function<R, @Nullable UUID> value) {
    return column("uuid", Types.OTHER, UUID[]::new, value);
  }

  Part<R> text(Function<R, @Nullable String> value) {
    return column("text", Types.VARCHAR, String[]::new, value);
  }

  Part<R> bytes(Function<R, byte @Nullable []> value) {
    return column("bytea", Types.BINARY, byte[][]::new, value);
  }

  Part<R> bigint(Function<R, @Nullable Long> value) {
    return column("int8", Types.BIGINT, Long[]::new, value);
  }

  Part<R> integer(Function<R, @Nullable Integer> value) {
    return column("int4", Types.INTEGER, Integer[]::new, value);
  }

  Part<R> smallint(Function<R, Integer> value) {
    return column("int2", Types.SMALLINT, Short[]::new, row -> value.apply(row).shortValue());
  }

  /// Binds all rows as arrays.
  ///
  /// @return the index of the next parameter
  int bind(Connection connection, PreparedStatement statement, int from) throws SQLException {
    int index = from;
    for (Column<R, ?> column : columns) {
      @Nullable Object[] values = column.values(rows);
      if (values instanceof @Nullable UUID[] ids) {
        statement.setArray(
            index++,
            new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, binary(ids)));
      } else {
        statement.setArray(index++, connection.createArrayOf(column.type(), values));
      }
    }
    return index;
  }

  /// Binds one row to the single form.
  ///
  /// @return the index of the next parameter
  int bindRow(PreparedStatement statement, int row, int from) throws SQLException {
    int index = from;
    R one = rows.get(row);
    for (Column<R, ?> column : columns) {
      statement.setObject(index++, column.value().apply(one), column.jdbcType());
    }
    return index;
  }

  private <T> Part<R> column(
      String type,
      int jdbcType,
      IntFunction<@Nullable T[]> array,
      Function<R, ? extends @Nullable T> value) {
    columns.add(new Column<R, T>(type, jdbcType, array, value));
    return this;
  }

  /// The driver has a binary form for arrays of every type here but UUIDs, which it would write out
  /// as text for the server to parse.
  private static byte[] binary(@Nullable UUID[] ids) {
    boolean nulls = false;
    int size = 20;
    for (UUID id : ids) {
      nulls |= id == null;
      size += id == null ? 4 : 20;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.putInt(1).putInt(nulls ? 1 : 0).putInt(Oid.UUID).putInt(ids.length).putInt(1);
    for (UUID id : ids) {
      if (id == null) {
        bytes.putInt(-1);
      } else {
        bytes.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      }
    }
    return bytes.array();
  }
}
