package io.gradus.integrations.sql;

import io.gradus.engine.PayloadJson;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows as JSON: an object each, its members named as the columns are.
///
/// | column | JSON |
/// |---|---|
/// | numbers, truth values, null | likewise |
/// | moments, dates, times | text in ISO 8601; a moment in UTC |
/// | bytes | text in Base64 |
/// | json, jsonb | the JSON |
/// | arrays | a list |
/// | anything else | text |
final class Rows {
  /// What is read at most, in characters of text, about.
  private static final int MAX_SIZE = 6 * 1024 * 1024;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private int size;

  /// More was found than can be passed on.
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /// Reads up to so many rows.
  ///
  /// @return all that were read; one more than `most` where there are more
  ArrayNode read(ResultSet rows, int most) throws SQLException, TooLong {
    ArrayNode all = JSON.arrayNode();
    ResultSetMetaData columns = rows.getMetaData();
    while (all.size() <= most && rows.next()) {
      ObjectNode row = JSON.objectNode();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        JsonNode value = value(rows, i, columns);
        row.set(columns.getColumnLabel(i), value);
        size += columns.getColumnLabel(i).length() + 4;
        if (size > MAX_SIZE) {
          throw new TooLong();
        }
      }
      all.add(row);
    }
    return all;
  }

  private JsonNode value(ResultSet rows, int column, ResultSetMetaData columns)
      throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.TIMESTAMP_WITH_TIMEZONE -> moment(rows, column);
      case Types.TIMESTAMP ->
          columns.getColumnTypeName(column).equals("timestamptz")
              ? moment(rows, column)
              : text(rows.getObject(column, LocalDateTime.class));
      case Types.DATE -> text(rows.getObject(column, LocalDate.class));
      case Types.TIME -> text(rows.getObject(column, LocalTime.class));
      case Types.ARRAY -> array(rows.getArray(column));
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.TINYINT -> {
        long number = rows.getLong(column);
        yield rows.wasNull() ? JSON.nullNode() : JSON.numberNode(number);
      }
      case Types.OTHER -> {
        String type = columns.getColumnTypeName(column);
        String text = rows.getString(column);
        yield text == null ? JSON.nullNode() : isJson(type) ? parsed(text) : text(text);
      }
      default -> json(rows.getObject(column), columns.getColumnTypeName(column));
    };
  }

  private JsonNode moment(ResultSet rows, int column) throws SQLException {
    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
    return text(moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC));
  }

  private JsonNode array(@Nullable Array array) throws SQLException {
    if (array == null) {
      return JSON.nullNode();
    }
    ArrayNode items = JSON.arrayNode();
    if (array.getArray() instanceof Object[] values) {
      for (Object value : values) {
        items.add(json(value, array.getBaseTypeName()));
      }
    } else {
      return text(array);
    }
    return items;
  }

  private JsonNode json(@Nullable Object value, String type) {
    return switch (value) {
      case null -> JSON.nullNode();
      case Boolean truth -> JSON.booleanNode(truth);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Short number -> JSON.numberNode(number);
      case BigDecimal number -> JSON.numberNode(number);
      case Double number when Double.isFinite(number) -> JSON.numberNode(number);
      case Float number when Float.isFinite(number) -> JSON.numberNode(number);
      case byte[] bytes -> text(Base64.getEncoder().encodeToString(bytes));
      default -> isJson(type) ? parsed(value) : text(value);
    };
  }

  private static boolean isJson(String type) {
    return type.equals("json") || type.equals("jsonb");
  }

  private JsonNode parsed(Object value) {
    String text = value.toString();
    size += text.length();
    try {
      return PayloadJson.MAPPER.readTree(text);
    } catch (JacksonException _) {
      return JSON.stringNode(text);
    }
  }

  private JsonNode text(@Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    String text = value.toString();
    size += text.length();
    return JSON.stringNode(text);
  }
}
