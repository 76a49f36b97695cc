package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A row is an item: an object with a string for each name of the header. What a row lacks is an
/// empty string, what it has more is left out.
final class CsvSource implements Source {
  /// Of a header; it is part of every cursor.
  private static final int MAX_HEADER = 10 * 1024;

  private final CsvRows rows;
  private final @Nullable List<String> headers;
  private final boolean kept;

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
    return row == null ? null : item(headers, row);
  }

  private static Payload item(List<String> headers, List<String> row) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    try (JsonGenerator json = PayloadJson.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < headers.size(); i++) {
        json.writeStringProperty(headers.get(i), i < row.size() ? row.get(i) : "");
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
