package io.gradus.integrations.aws.items;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows of a delimited text, as AWS documents them: fields may stand in double quotes, and then
/// hold delimiters and line ends; a quote in them is doubled or has a backslash before it. A
/// backslash keeps a backslash, a quote or the delimiter, and is dropped before anything else. A
/// line with nothing in it is no row.
final class CsvRows {
  private final Text text;
  private final Feed feed;
  private final int delimiter;
  private final int maxBytes;
  private final Utf8 utf8 = new Utf8();
  private byte[] field = new byte[256];
  private int length;
  private int rowBytes;

  /// Of the row that is read or was read last.
  private long row;

  /// Of the line that is read.
  private long line;

  private long rowLine;

  private long markedOffset;
  private long markedRow;
  private long markedLine;

  /// @param cursor as [#addTo] wrote it; null from the beginning
  CsvRows(Text text, char delimiter, int maxBytes, @Nullable JsonNode cursor) {
    this.text = text;
    this.feed = text.feed();
    this.delimiter = delimiter;
    this.maxBytes = maxBytes;
    if (cursor == null) {
      text.begin();
      line = 1;
    } else {
      row = cursor.path("row").asLong(0);
      line = cursor.path("line").asLong(1);
    }
    mark();
  }

  void mark() {
    markedOffset = feed.position();
    markedRow = row;
    markedLine = line;
  }

  void addTo(ObjectNode cursor) {
    text.addTo(cursor, markedOffset);
    cursor.put("row", markedRow).put("line", markedLine);
  }

  /// Where the row is that was read last.
  String where() {
    return "%s, line %d (row %d)".formatted(text.place(), rowLine, row);
  }

  /// The fields of the next row; null when there is none.
  @Nullable List<String> next() {
    while (feed.peek() >= 0) {
      rowLine = line;
      rowBytes = 0;
      row++;
      List<String> fields = read();
      if (fields != null) {
        return fields;
      }
      row--;
    }
    return null;
  }

  /// @return null for a line with nothing in it
  private @Nullable List<String> read() {
    List<String> fields = new ArrayList<>();
    boolean started = false;
    length = 0;
    while (true) {
      int next = take();
      if (next == '"' && length == 0 && !started) {
        quoted();
        started = true;
      } else if (next == '\\') {
        escaped();
        started = true;
      } else if (next == delimiter) {
        fields.add(field());
        started = false;
      } else if (next < 0 || next == '\n' || next == '\r') {
        lineEnd(next);
        if (fields.isEmpty() && length == 0 && !started) {
          return null;
        }
        fields.add(field());
        return fields;
      } else {
        put(next);
        started = true;
      }
    }
  }

  /// What is between two quotes; the first one is read.
  private void quoted() {
    long from = line;
    while (true) {
      int next = take();
      if (next < 0) {
        throw Faults.reader(
            "The quoted field of %s, line %d (row %d), never ends"
                .formatted(text.place(), from, row));
      }
      if (next == '"') {
        if (feed.peek() != '"') {
          return;
        }
        put(take());
      } else if (next == '\\') {
        escaped();
      } else {
        if (next == '\n' || (next == '\r' && feed.peek() != '\n')) {
          line++;
        }
        put(next);
      }
    }
  }

  /// What a backslash keeps; it itself is read.
  private void escaped() {
    int next = feed.peek();
    if (next == '\\' || next == '"' || next == delimiter) {
      put(take());
    }
  }

  private void lineEnd(int end) {
    if (end == '\r' && feed.peek() == '\n') {
      feed.read();
    }
    if (end >= 0) {
      line++;
    }
  }

  private int take() {
    if (++rowBytes > maxBytes) {
      throw Faults.tooLarge(where(), maxBytes);
    }
    return feed.read();
  }

  private void put(int value) {
    if (length == field.length) {
      field = Arrays.copyOf(field, 2 * length);
    }
    field[length++] = (byte) value;
  }

  private String field() {
    try {
      return utf8.decode(field, 0, length);
    } catch (CharacterCodingException _) {
      throw Faults.reader(where() + " is not encoded in UTF-8");
    } finally {
      length = 0;
    }
  }

  int weight() {
    return text.weight() + field.length;
  }

  void close() {
    text.close();
  }
}
