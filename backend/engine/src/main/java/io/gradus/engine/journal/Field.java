package io.gradus.engine.journal;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Details;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.Places;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;
import tools.jackson.core.JsonToken;

/// How one type of component is written and read.
interface Field {
  void write(RecordCodec.Sink sink, Object value);

  /// Reads a value to its last token.
  ///
  /// @param token the value's first token, never null
  Object read(RecordCodec.Source source, JsonToken token);

  /// What stands for a component that is absent.
  default @Nullable Object absent() {
    return null;
  }

  static Field of(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == PVector.class) {
        return new Counts();
      }
      return new Payloads(name, generic.getRawType() == PMap.class);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("expected a plain component, found " + type);
    }
    Field scalar = Scalars.of(plain);
    if (scalar != null) {
      return scalar;
    }
    if (plain == Payload.class) {
      return new OnePayload(name);
    }
    if (plain == Places.class) {
      return new PlacesField();
    }
    if (plain == Details.class || plain == Frame.Phase.class) {
      return new Tagged();
    }
    if (plain.isRecord()) {
      return new Nested(plain.asSubclass(Record.class));
    }
    throw new IllegalArgumentException("expected a component the codec knows, found " + type);
  }

  /// Strings, numbers, booleans, enums and the one-string records.
  record Scalars(Writer writer, Reader reader, @Nullable Object absent) implements Field {
    interface Writer {
      void write(RecordCodec.Sink sink, Object value);
    }

    interface Reader {
      Object read(RecordCodec.Source source);
    }

    static @Nullable Field of(Class<?> type) {
      if (type == String.class) {
        return new Scalars(
            (s, v) -> s.json().writeString((String) v), s -> s.json().getString(), null);
      }
      if (type == long.class) {
        return new Scalars(
            (s, v) -> s.json().writeNumber((long) v), s -> s.json().getLongValue(), 0L);
      }
      if (type == int.class || type == Integer.class) {
        return new Scalars(
            (s, v) -> s.json().writeNumber((int) v),
            s -> s.json().getIntValue(),
            type == int.class ? 0 : null);
      }
      if (type == Double.class) {
        return new Scalars(
            (s, v) -> s.json().writeNumber((double) v), s -> s.json().getDoubleValue(), null);
      }
      if (type == boolean.class) {
        return new Scalars(
            (s, v) -> s.json().writeNumber((boolean) v ? 1 : 0),
            s -> s.json().getIntValue() == 1,
            false);
      }
      if (type == StateName.class) {
        return new Scalars(
            (s, v) -> s.json().writeString(((StateName) v).value()),
            s -> new StateName(s.json().getString()),
            null);
      }
      if (type == FrameId.class) {
        return new Scalars(
            (s, v) -> s.json().writeString(((FrameId) v).value()),
            s -> new FrameId(s.json().getString()),
            null);
      }
      if (type == Instant.class) {
        return new Scalars(
            (s, v) -> s.json().writeNumber(micros((Instant) v)),
            s -> instant(s.json().getLongValue()),
            null);
      }
      if (type.isEnum()) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
          constants.put(((Enum<?>) constant).name(), constant);
        }
        return new Scalars(
            (s, v) -> s.json().writeString(((Enum<?>) v).name()),
            s -> constant(constants, s.json().getString()),
            null);
      }
      return null;
    }

    private static Object constant(Map<String, Object> constants, String name) {
      Object constant = constants.get(name);
      if (constant == null) {
        throw new IllegalStateException(
            "expected one of " + constants.keySet() + ", found " + name);
      }
      return constant;
    }

    /// The database keeps microseconds; so does the journal.
    private static long micros(Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    private static Instant instant(long micros) {
      return Instant.ofEpochSecond(
          Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    @Override
    public void write(RecordCodec.Sink sink, Object value) {
      writer.write(sink, value);
    }

    @Override
    public Object read(RecordCodec.Source source, JsonToken token) {
      return reader.read(source);
    }
  }

  /// `[raw]` where it stands here, `[eventId, "field"]` where it stands elsewhere.
  record OnePayload(String name) implements Field {
    @Override
    public void write(RecordCodec.Sink sink, Object value) {
      PayloadField.write(sink, (Payload) value, name);
    }

    @Override
    public Object read(RecordCodec.Source source, JsonToken token) {
      return PayloadField.read(source, name);
    }
  }

  /// Variables by name.
  record Payloads(String name, boolean persistent) implements Field {
    @Override
    public void write(RecordCodec.Sink sink, Object value) {
      sink.json().writeStartObject();
      ((Map<?, ?>) value)
          .forEach(
              (key, payload) -> {
                sink.json().writeName((String) key);
                PayloadField.write(sink, (Payload) payload, name + "/" + key);
              });
      sink.json().writeEndObject();
    }

    @Override
    public Object read(RecordCodec.Source source, JsonToken token) {
      Map<String, Payload> map = new LinkedHashMap<>();
      while (source.json().nextToken() != JsonToken.END_OBJECT) {
        String key = source.json().currentName();
        source.json().nextToken();
        map.put(key, PayloadField.read(source, name + "/" + key));
      }
      return persistent ? HashTreePMap.from(map) : map;
    }
  }

  /// Retry counts.
  record Counts() implements Field {
    @Override
    public void write(RecordCodec.Sink sink, Object value) {
      sink.json().writeStartArray();
      for (Object count : (PVector<?>) value) {
        sink.json().writeNumber((int) count);
      }
      sink.json().writeEndArray();
    }

    @Override
    public Object read(RecordCodec.Source source, JsonToken token) {
      PVector<Integer> counts = TreePVector.empty();
      while (source.json().nextToken() != JsonToken.END_ARRAY) {
        counts = counts.plus(source.json().getIntValue());
      }
      return counts;
    }
  }

  /// A member of a sealed family, led by its tag.
  record Tagged() implements Field {
    @Override
    public void write(RecordCodec.Sink sink, Object value) {
      Tags.write(sink, value);
    }

    @Override
    public Object read(RecordCodec.Source source, JsonToken token) {
      return Tags.read(source);
    }
  }

  record Nested(Class<? extends Record> type) implements Field {
    @Override
    public void write(RecordCodec.Sink sink, Object value) {
      RecordCodec.write(sink, (Record) value);
    }

    @Override
    public Object read(RecordCodec.Source source, JsonToken token) {
      return RecordCodec.read(source, type);
    }
  }
}
