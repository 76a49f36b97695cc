package io.gradus.api.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A record class seen as a structure of the protocol, found out once.
///
/// @param type the record class
/// @param fields its components in order
/// @param constructor its canonical constructor
record RecordShape(Class<? extends Record> type, List<Field> fields, MethodHandle constructor) {

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return describe(type.asSubclass(Record.class));
        }
      };

  /// One member of a structure.
  ///
  /// @param name its name on the wire
  /// @param type its Java type
  /// @param element what a list or a map holds, null for others
  /// @param constraint what the model demands, null for an answer's member
  /// @param pattern the compiled pattern, null without one
  /// @param read reads it from a record
  record Field(
      String name,
      Class<?> type,
      @Nullable Class<?> element,
      @Nullable Member constraint,
      @Nullable Pattern pattern,
      MethodHandle read) {}

  static RecordShape of(Class<? extends Record> type) {
    return SHAPES.get(type);
  }

  private static RecordShape describe(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      MethodHandle constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      Field[] fields = new Field[components.length];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = field(lookup, components[i]);
      }
      return new RecordShape(type, List.of(fields), constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected to see into the record " + type.getName(), e);
    }
  }

  private static Field field(MethodHandles.Lookup lookup, RecordComponent component)
      throws IllegalAccessException {
    Member member = component.getAnnotation(Member.class);
    Pattern pattern =
        member == null || member.pattern().isEmpty() ? null : Pattern.compile(member.pattern());
    MethodHandle read =
        lookup
            .unreflect(component.getAccessor())
            .asType(MethodType.methodType(Object.class, Object.class));
    return new Field(
        component.getName(),
        component.getType(),
        elementOf(component.getGenericType()),
        member,
        pattern,
        read);
  }

  /// The last type argument: what a list holds, or what a map maps to.
  private static @Nullable Class<?> elementOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return last instanceof Class<?> element
          ? element
          : last instanceof ParameterizedType nested ? (Class<?>) nested.getRawType() : null;
    }
    return null;
  }

  Record create(@Nullable Object[] values) {
    try {
      return type.cast(constructor.invoke(values));
    } catch (Throwable e) {
      throw new IllegalStateException("expected " + type.getName() + " to take checked values", e);
    }
  }

  static @Nullable Object valueOf(Field field, Record owner) {
    try {
      return field.read().invoke(owner);
    } catch (Throwable e) {
      throw new IllegalStateException("expected to read the component " + field.name(), e);
    }
  }
}
