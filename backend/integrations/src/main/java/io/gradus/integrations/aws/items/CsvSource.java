package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A row is an item: an object with a string for each name of the header. What a row lacks is an
/// empty string, what it has more is left out. AWS keeps a row in a hash map of Java, and its
/// members come in that map's order; so they do here, which is seen where an item is text.
final class CsvSource implements Source {
  /// Of a header; it is part of every cursor.
  private static final int MAX_HEADER = 10 * 1024;

  private final CsvRows rows;
  private final @Nullable List<String> headers;
  private final List<Column> columns;
  private final boolean kept;

  /// A name of the header, and which of a row's fields it names.
  private record Column(String name, int field) {}

  /// @param given the names; null where the first row has them
  /// @param cursor as [#marked] made it; null from the beginning
  CsvSource(CsvRows rows, @Nullable List<String> given, @Nullable JsonNode cursor) {
    this.rows = rows;
    this.kept = given == null;
    if (given != null) {
      headers = checked(given);
    } else if (cursor == null) {
      List<String> first = rows.next();
      headers = first == null ? null : checked(first);
      rows.mark();
    } else {
      List<String> names = new ArrayList<>();
      cursor.path("headers").forEach(name -> names.add(name.asString("")));
      headers = names;
    }
    columns = headers == null ? List.of() : hashed(headers);
  }

  private static List<Column> hashed(List<String> headers) {
    Map<String, Column> columns = new HashMap<>();
    for (String header : headers) {
      columns.put(header, new Column(header, columns.size()));
    }
    return List.copyOf(columns.values());
  }

  private static List<String> checked(List<String> headers) {
    if (new HashSet<>(headers).size() < headers.size()) {
      throw Faults.reader("CSV headers cannot contain duplicates.");
    }
    long bytes = 0;
    for (String header : headers) {
      bytes += header.getBytes(StandardCharsets.UTF_8).length + 1L;
    }
    if (bytes > MAX_HEADER) {
      throw Faults.reader(
          "The CSV header is larger than it may be: %d bytes".formatted(MAX_HEADER));
    }
    return List.copyOf(headers);
  }

  @Override
  public @Nullable Payload next() {
    if (headers == null) {
      return null;
    }
    List<String> row = rows.next();
    return row == null ? null : item(row);
  }

  private Payload item(List<String> row) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    try (JsonGenerator json = PayloadJson.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      for (Column column : columns) {
        json.writeStringProperty(
            column.name(), column.field() < row.size() ? row.get(column.field()) : "");
      }
      json.writeEndObject();
    }
    return Payload.ofText(text.toByteArray());
  }

  @Override
  public void mark() {
    rows.mark();
  }

  @Override
  public ObjectNode marked() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    rows.addTo(cursor);
    if (kept && headers != null) {
      ArrayNode names = cursor.putArray("headers");
      headers.forEach(names::add);
    }
    return cursor;
  }

  @Override
  public int weight() {
    return rows.weight();
  }

  @Override
  public void close() {
    rows.close();
  }
}
