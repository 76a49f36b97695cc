package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The elements of an array in a JSON document are items, or the members of an object: those as
/// `{"Key": …, "Value": …}`. The document is never in memory; one comes back to an element by
/// telling the parser that the array begins right before it.
final class JsonSource implements Source {
  /// What stands in for the elements that were read before: an array of one, or an object.
  private static final String BEFORE_ELEMENT = "[\"\"";

  private static final String BEFORE_MEMBER = "{\"\":\"\"";

  /// By the largest item: one for each bound that this node has.
  private static final ConcurrentHashMap<Integer, JsonMapper> MAPPERS = new ConcurrentHashMap<>();

  private final Text text;
  private final int maxBytes;
  private final JsonMapper mapper;
  private final JsonParser parser;

  /// What the parser calls its first byte, in the document.
  private final long base;

  private final boolean array;
  private final boolean whole;
  private long items;
  private boolean ended;

  /// What follows the item that was read, where that had to be looked at.
  private @Nullable JsonToken follows;

  private long offset;
  private long markedOffset;
  private long markedItems;

  /// @param pointer to the array or object; empty for the document itself
  /// @param cursor as [#marked] made it; null from the beginning
  JsonSource(Text text, JsonPointer pointer, int maxBytes, @Nullable JsonNode cursor) {
    this.text = text;
    this.maxBytes = maxBytes;
    this.mapper = MAPPERS.computeIfAbsent(maxBytes, JsonSource::mapper);
    this.whole = pointer.matches();
    if (cursor == null) {
      text.begin();
      base = text.feed().position();
      parser = mapper.createParser(text.feed().stream());
      array = find(pointer);
      offset = base + parser.currentLocation().getByteOffset();
    } else {
      items = cursor.path("items").asLong(0);
      offset = cursor.path("offset").asLong(0);
      array = cursor.path("array").asBoolean(true);
      String before = array ? BEFORE_ELEMENT : BEFORE_MEMBER;
      byte[] prefix =
          (items == 0 ? before.substring(0, 1) : before).getBytes(StandardCharsets.UTF_8);
      base = offset - prefix.length;
      parser =
          mapper.createParser(
              new SequenceInputStream(new ByteArrayInputStream(prefix), text.feed().stream()));
      comeBack();
    }
    mark();
  }

  private static JsonMapper mapper(int maxBytes) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(PayloadJson.MAX_DEPTH)
                        .maxNumberLength(1_000)
                        .maxStringLength(maxBytes)
                        .build())
                .streamWriteConstraints(
                    StreamWriteConstraints.builder()
                        .maxNestingDepth(PayloadJson.MAX_DEPTH + 2)
                        .build())
                .build())
        .build();
  }

  /// Passes over what stands in for what was read before.
  private void comeBack() {
    try {
      parser.nextToken();
      if (items > 0) {
        parser.nextToken();
        if (!array) {
          parser.nextToken();
        }
      }
    } catch (JacksonException invalid) {
      throw notJson(where(), invalid);
    }
  }

  /// Goes to what the pointer points to.
  ///
  /// @return whether it is an array, and not an object
  private boolean find(JsonPointer pointer) {
    JsonPointer left = pointer;
    try {
      if (parser.nextToken() == null) {
        throw Faults.reader(text.place() + " is empty: no JSON document");
      }
      if (parser.currentLocation().getByteOffset() < 0) { // read as characters of two bytes
        throw Faults.reader(text.place() + " is not encoded in UTF-8");
      }
      while (!left.matches()) {
        if (!enter(left)) {
          throw Faults.reader(
              "The ItemsPointer '%s' leads to nothing in %s".formatted(pointer, text.place()));
        }
        left = left.tail();
      }
    } catch (JacksonException invalid) {
      throw notJson("before its items", invalid);
    }
    return switch (parser.currentToken()) {
      case START_ARRAY -> true;
      case START_OBJECT -> false;
      default ->
          throw Faults.reader(
              pointer.matches()
                  ? text.place() + " is neither a JSON array nor an object"
                  : "The ItemsPointer '%s' leads to neither an array nor an object in %s"
                      .formatted(pointer, text.place()));
    };
  }

  /// Goes one step of the pointer down.
  private boolean enter(JsonPointer step) {
    int index = 0;
    boolean inArray = parser.currentToken() == JsonToken.START_ARRAY;
    if (!inArray && parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (JsonToken token = parser.nextToken();
        token != null && !token.isStructEnd();
        token = parser.nextToken()) {
      boolean there;
      if (inArray) {
        there = step.matchesElement(index++);
      } else {
        there = step.matchesProperty(parser.currentName());
        parser.nextToken();
      }
      if (there) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  @Override
  public @Nullable Payload next() {
    if (ended) {
      return null;
    }
    try {
      JsonToken token = follows == null ? parser.nextToken() : follows;
      follows = null;
      if (token == null || token.isStructEnd()) {
        end();
        return null;
      }
      JsonToken last = token;
      ByteArrayOutputStream json = new ItemBytes();
      JsonGenerator generator = mapper.createGenerator(json);
      if (array) {
        generator.copyCurrentStructureExact(parser);
      } else {
        generator.writeStartObject();
        generator.writeStringProperty("Key", parser.currentName());
        generator.writeName("Value");
        last = parser.nextToken();
        generator.copyCurrentStructureExact(parser);
        generator.writeEndObject();
      }
      generator.close();
      long end = base + parser.currentLocation().getByteOffset();
      if (last.isNumeric()) {
        follows = parser.nextToken(); // or it may only be the first digits
      }
      offset = end;
      items++;
      return Payload.ofText(json.toByteArray());
    } catch (StreamConstraintsException | TooLarge tooMuch) {
      if (tooMuch instanceof StreamConstraintsException other
          && !other.getOriginalMessage().startsWith("String value length")) {
        throw notJson(where(), other);
      }
      throw Faults.tooLarge(
          "%s, item %d (after byte %d)".formatted(text.place(), items + 1, offset), maxBytes);
    } catch (JacksonException invalid) {
      throw notJson(where(), invalid);
    }
  }

  /// Nothing may follow a document. What follows an array in one is not looked at.
  private void end() {
    ended = true;
    if (whole && parser.nextToken() != null) {
      throw Faults.reader(
          "%s is not JSON: something follows the document, after item %d"
              .formatted(text.place(), items));
    }
  }

  private String where() {
    return items == 0 ? "after byte " + offset : "after item %d, byte %d".formatted(items, offset);
  }

  private RuntimeException notJson(String where, JacksonException invalid) {
    return Faults.reader(
        "%s is not JSON: %s: %s".formatted(text.place(), where, Faults.quoted(invalid)));
  }

  @Override
  public void mark() {
    markedOffset = offset;
    markedItems = items;
  }

  @Override
  public ObjectNode marked() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    text.addTo(cursor, markedOffset);
    return cursor.put("items", markedItems).put("array", array);
  }

  @Override
  public int weight() {
    return text.weight();
  }

  @Override
  public void close() {
    parser.close();
    text.close();
  }

  /// An item became larger than one may be.
  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("an item is too large", null, false, false);
    }
  }

  private final class ItemBytes extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (size() + (long) length > maxBytes) {
        throw new TooLarge();
      }
      super.write(bytes, from, length);
    }
  }
}
