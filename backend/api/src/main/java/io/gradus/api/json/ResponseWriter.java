package io.gradus.api.json;

import io.gradus.api.json.RecordShape.Field;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes an answer's record as JSON: absent members left out, times in seconds with milliseconds.
public final class ResponseWriter {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JsonGenerator generator;
  private final Times times;

  private ResponseWriter(JsonGenerator generator, Times times) {
    this.generator = generator;
    this.times = times;
  }

  /// How a moment is written.
  public enum Times {
    /// Seconds since 1970 with milliseconds: AWS's way.
    EPOCH_SECONDS,
    /// As `2026-11-22T12:45:00.123Z`.
    ISO_8601
  }

  /// The record as UTF-8 JSON in AWS's way.
  public static byte[] write(Record answer) {
    return write(answer, Times.EPOCH_SECONDS);
  }

  /// The record, or the map of what records hold, as UTF-8 JSON.
  public static byte[] write(Object answer, Times times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      new ResponseWriter(generator, times).writeValue(answer);
    }
    return out.toByteArray();
  }

  /// The name and sentence of an error as the protocol has them.
  public static byte[] error(String type, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      generator.writeStringProperty("__type", type);
      if (!message.isEmpty()) {
        generator.writeStringProperty("message", printable(message));
      }
      generator.writeEndObject();
    }
    return out.toByteArray();
  }

  private void writeRecord(Record value) {
    generator.writeStartObject();
    for (Field field : RecordShape.of(value.getClass()).fields()) {
      Object member = RecordShape.valueOf(field, value);
      if (member != null) {
        generator.writeName(field.name());
        writeValue(member);
      }
    }
    generator.writeEndObject();
  }

  private void writeValue(@Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(printable(text));
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Instant time -> writeTime(time);
      case Enum<?> constant -> generator.writeString(constant.name());
      case Record nested -> writeRecord(nested);
      case List<?> list -> {
        generator.writeStartArray();
        list.forEach(item -> writeValue(item));
        generator.writeEndArray();
      }
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach(
            (name, item) -> {
              generator.writeName(printable(String.valueOf(name)));
              writeValue(item);
            });
        generator.writeEndObject();
      }
      case JsonNode tree -> generator.writeRawValue(MAPPER.writeValueAsString(tree));
      default ->
          throw new IllegalStateException(
              "expected a type of the protocol, found " + value.getClass().getName());
    }
  }

  private void writeTime(Instant time) {
    switch (times) {
      case EPOCH_SECONDS -> generator.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3));
      case ISO_8601 -> generator.writeString(time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  /// Text that UTF-8 can hold. A payload may own a surrogate without its pair (JSON can spell one);
  /// an answer cannot, so U+FFFD stands for it.
  private static String printable(String text) {
    if (!RequestReader.hasLoneSurrogate(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                out.appendCodePoint(
                    c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
    return out.toString();
  }
}
