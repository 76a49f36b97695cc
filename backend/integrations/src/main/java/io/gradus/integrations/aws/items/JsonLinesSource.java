package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A line is an item: any JSON. Lines with nothing on them are none.
final class JsonLinesSource implements Source {
  /// What the parser begins with where there are two values.
  private static final String TRAILING = "Trailing token";

  private final Text text;
  private final Feed feed;
  private final int maxBytes;
  private byte[] bytes = new byte[1024];
  private long line;
  private long markedOffset;
  private long markedLine;

  /// @param cursor as [#marked] made it; null from the beginning
  JsonLinesSource(Text text, int maxBytes, @Nullable JsonNode cursor) {
    this.text = text;
    this.feed = text.feed();
    this.maxBytes = maxBytes;
    if (cursor == null) {
      text.begin();
    } else {
      line = cursor.path("line").asLong(0);
    }
    mark();
  }

  @Override
  public @Nullable Payload next() {
    while (feed.peek() >= 0) {
      int length = read();
      if (!isBlank(length)) {
        return item(length);
      }
    }
    return null;
  }

  private int read() {
    line++;
    int length = 0;
    for (int next = feed.read(); next >= 0 && next != '\n'; next = feed.read()) {
      if (length == maxBytes) {
        throw Faults.tooLarge(where(), maxBytes);
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) next;
    }
    return length;
  }

  private boolean isBlank(int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private Payload item(int length) {
    try {
      return Payload.of(PayloadJson.MAPPER.readTree(bytes, 0, length));
    } catch (JacksonException invalid) {
      String why = Faults.quoted(invalid);
      throw Faults.reader(
          "%s is not JSON: %s"
              .formatted(where(), why.startsWith(TRAILING) ? "something follows the value" : why));
    }
  }

  private String where() {
    return "%s, line %d".formatted(text.place(), line);
  }

  @Override
  public void mark() {
    markedOffset = feed.position();
    markedLine = line;
  }

  @Override
  public ObjectNode marked() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    text.addTo(cursor, markedOffset);
    return cursor.put("line", markedLine);
  }

  @Override
  public int weight() {
    return text.weight() + bytes.length;
  }

  @Override
  public void close() {
    text.close();
  }
}
