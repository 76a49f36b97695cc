package io.gradus.engine.journal;

import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Writes records as JSON arrays of their components, in order. Payloads stand in it as raw JSON
/// text, or as the place in the history where they stand already.
///
/// A component added to the end of a record later is read as null (or zero) from what was written
/// before.
final class RecordCodec {
  // Buffers are kept by thread: a pool for all would have the deciders wait for one another.
  // What is read was written here: a bound on it could only make it unreadable.
  static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

  private RecordCodec() {}

  /// A record type, taken apart once.
  private record Shape(
      MethodHandle constructor,
      List<Function<Object, @Nullable Object>> accessors,
      List<Field> fields) {
    static Shape of(Class<?> type) {
      try {
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        RecordComponent[] components = type.getRecordComponents();
        List<Function<Object, @Nullable Object>> accessors = new ArrayList<>();
        Field[] fields = new Field[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
          accessors.add(accessor(lookup, lookup.unreflect(components[i].getAccessor())));
          Type generic = components[i].getGenericType();
          fields[i] = Field.of(generic, components[i].getName());
          types[i] = components[i].getType();
        }
        MethodHandle constructor =
            lookup
                .findConstructor(type, MethodType.methodType(void.class, types))
                .asSpreader(Object[].class, types.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new Shape(constructor, List.copyOf(accessors), List.of(fields));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("expected a record open to its codec: " + type, e);
      }
    }
  }

  /// Reads a component. To call a method handle that is no constant is several times slower.
  @SuppressWarnings("unchecked") // what it is made as
  private static Function<Object, @Nullable Object> accessor(
      MethodHandles.Lookup lookup, MethodHandle handle) {
    try {
      return (Function<Object, @Nullable Object>)
          LambdaMetafactory.metafactory(
                  lookup,
                  "apply",
                  MethodType.methodType(Function.class),
                  MethodType.methodType(Object.class, Object.class),
                  handle,
                  handle.type().wrap())
              .getTarget()
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("expected an accessor to be called", e);
    }
  }

  /// Where a record is written to: the generator, and the stream below it for raw bytes.
  record Sink(JsonGenerator json, ByteArrayOutputStream bytes, long eventId) {
    /// The event whose own payloads are written in full.
    Sink inEvent(long id) {
      return new Sink(json, bytes, id);
    }
  }

  /// Where a record is read from: the parser, and the array it reads, for raw payload text.
  record Source(JsonParser json, byte[] bytes, PayloadReader payloads, long eventId) {
    Source inEvent(long id) {
      return new Source(json, bytes, payloads, id);
    }
  }

  /// Makes payloads from what stands in the text.
  interface PayloadReader {
    /// @param bytes has the value's text
    Payload inline(byte[] bytes, int from, int size, Origin origin);

    Payload reference(Origin origin);
  }

  static void write(Sink sink, Record value) {
    Shape shape = SHAPES.computeIfAbsent(value.getClass(), Shape::of);
    sink.json().writeStartArray();
    writeComponents(sink, value, shape);
    sink.json().writeEndArray();
  }

  /// The components alone, into an array that is open already.
  static void writeInto(Sink sink, Record value) {
    writeComponents(sink, value, SHAPES.computeIfAbsent(value.getClass(), Shape::of));
  }

  private static void writeComponents(Sink sink, Record value, Shape shape) {
    for (int i = 0; i < shape.fields().size(); i++) {
      Object component = shape.accessors().get(i).apply(value);
      if (component == null) {
        sink.json().writeNull();
      } else {
        shape.fields().get(i).write(sink, component);
      }
    }
  }

  /// Reads a record whose array was just opened, to its end.
  static <T extends Record> T read(Source source, Class<T> type) {
    Shape shape = SHAPES.computeIfAbsent(type, Shape::of);
    @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
    int i = 0;
    JsonToken token = source.json().nextToken();
    for (; token != JsonToken.END_ARRAY; token = source.json().nextToken(), i++) {
      if (i >= values.length) {
        source.json().skipChildren(); // written by a newer version
      } else if (token != JsonToken.VALUE_NULL) {
        values[i] = shape.fields().get(i).read(source, token);
      }
    }
    for (int rest = 0; rest < values.length; rest++) {
      if (values[rest] == null) {
        values[rest] = shape.fields().get(rest).absent();
      }
    }
    return type.cast(construct(shape.constructor, values));
  }

  private static Object construct(MethodHandle constructor, @Nullable Object[] values) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("expected a constructor that only constructs", e);
    }
  }
}
