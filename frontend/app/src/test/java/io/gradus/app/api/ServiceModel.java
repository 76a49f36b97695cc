package io.gradus.app.api;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The service's own model, as the AWS SDK for Java knows it: every operation, every field of its
/// request, and the fields within.
final class ServiceModel {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ServiceModel() {}

  /// What a field holds.
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    LIST,
    STRUCTURE
  }

  /// A field of a request, however deep.
  ///
  /// @param path the names to it; a list's items are the name `[]`
  /// @param constants of an enumeration, empty for others
  /// @param sample the least that the model takes for it
  record Field(List<String> path, Kind kind, List<String> constants, JsonNode sample) {
    /// As AWS's sentences name it.
    String name() {
      return String.join(".", path).replace("[]", "1.member");
    }

    String last() {
      return path.getLast();
    }

    /// The request with this value there; null leaves it out.
    ObjectNode in(ObjectNode request, JsonNode parents, @Nullable JsonNode value) {
      ObjectNode copy = request.deepCopy();
      JsonNode at = copy;
      JsonNode model = parents;
      for (String step : path.subList(0, path.size() - 1)) {
        model = step.equals("[]") ? model.get(0) : model.get(step);
        if (step.equals("[]")) {
          at = at.get(0);
        } else {
          JsonNode there = at.get(step);
          boolean usable = there != null && there.isContainer() && !there.isEmpty();
          if (!usable) {
            ((ObjectNode) at).set(step, model.deepCopy());
          }
          at = at.get(step);
        }
      }
      if (last().equals("[]")) {
        ((ArrayNode) at).set(0, Objects.requireNonNull(value));
      } else if (value == null) {
        ((ObjectNode) at).remove(last());
      } else {
        ((ObjectNode) at).set(last(), value);
      }
      return copy;
    }
  }

  /// Every operation's request by the operation's name.
  static Map<String, Class<?>> operations() {
    return Arrays.stream(SfnClient.class.getMethods())
        .filter(m -> m.getParameterCount() == 1)
        .map(m -> m.getParameterTypes()[0])
        .filter(type -> SfnRequest.class.isAssignableFrom(type) && type != SfnRequest.class)
        .collect(
            Collectors.toMap(
                type -> type.getSimpleName().replaceAll("Request$", ""),
                type -> type,
                (one, same) -> one,
                TreeMap::new));
  }

  /// Every field of a request and of what is within it.
  static List<Field> fields(Class<?> request) {
    List<Field> all = new ArrayList<>();
    collect(request, List.of(), all);
    return all;
  }

  /// A request with a value in every field, which parents of nested fields are taken from.
  static ObjectNode full(Class<?> request) {
    ObjectNode object = JSON.objectNode();
    for (SdkField<?> field : pojo(request).sdkFields()) {
      object.set(field.locationName(), sample(request, field, true));
    }
    return object;
  }

  private static void collect(Class<?> owner, List<String> path, List<Field> into) {
    for (SdkField<?> field : pojo(owner).sdkFields()) {
      List<String> its = with(path, field.locationName());
      into.add(new Field(its, kind(field), constants(owner, field), sample(owner, field, false)));
      if (kind(field) == Kind.STRUCTURE) {
        collect(field.constructor().get().getClass(), its, into);
      }
      if (kind(field) == Kind.LIST) {
        SdkField<?> item = item(field);
        List<String> items = with(its, "[]");
        into.add(new Field(items, kind(item), List.of(), sample(owner, item, false)));
        if (kind(item) == Kind.STRUCTURE) {
          collect(item.constructor().get().getClass(), items, into);
        }
      }
    }
  }

  private static List<String> with(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static SdkField<?> item(SdkField<?> list) {
    return list.getTrait(ListTrait.class).memberFieldInfo();
  }

  private static Kind kind(SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.STRING)) {
      return Kind.TEXT;
    }
    if (type.equals(MarshallingType.BOOLEAN)) {
      return Kind.FLAG;
    }
    if (type.equals(MarshallingType.LIST)) {
      return Kind.LIST;
    }
    if (type.equals(MarshallingType.SDK_POJO)) {
      return Kind.STRUCTURE;
    }
    if (type.equals(MarshallingType.INTEGER)
        || type.equals(MarshallingType.LONG)
        || type.equals(MarshallingType.FLOAT)) {
      return Kind.NUMBER;
    }
    throw new IllegalStateException("expected a type of a request, found " + type);
  }

  private static JsonNode sample(Class<?> owner, SdkField<?> field, boolean all) {
    return switch (kind(field)) {
      case TEXT -> {
        List<String> constants = constants(owner, field);
        yield JSON.stringNode(constants.isEmpty() ? "x" : constants.getFirst());
      }
      case NUMBER -> JSON.numberNode(100);
      case FLAG -> JSON.booleanNode(false);
      case LIST -> JSON.arrayNode().add(sample(owner, item(field), all));
      case STRUCTURE -> {
        ObjectNode object = JSON.objectNode();
        Class<?> type = field.constructor().get().getClass();
        for (SdkField<?> inner : pojo(type).sdkFields()) {
          boolean container = kind(inner) == Kind.LIST || kind(inner) == Kind.STRUCTURE;
          if (all && container) {
            object.set(inner.locationName(), sample(type, inner, all));
          }
        }
        yield object;
      }
    };
  }

  private static List<String> constants(Class<?> owner, SdkField<?> field) {
    if (field.memberName() == null) {
      return List.of(); // an item of a list
    }
    // A builder stands within the class that it builds, whose getters tell an enumeration.
    Class<?> type = owner.isInterface() || !isBuilder(owner) ? owner : owner.getEnclosingClass();
    try {
      type.getMethod(getter(field) + "AsString");
      Method typed = type.getMethod(getter(field));
      return Arrays.stream(typed.getReturnType().getEnumConstants())
          .map(Object::toString)
          .filter(text -> !text.equals("null"))
          .toList();
    } catch (NoSuchMethodException _) {
      return List.of();
    }
  }

  private static String getter(SdkField<?> field) {
    String name = field.memberName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static boolean isBuilder(Class<?> type) {
    return type.getEnclosingClass() != null;
  }

  private static SdkPojo pojo(Class<?> type) {
    try {
      if (isBuilder(type)) {
        Class<?> built = type.getEnclosingClass();
        return (SdkPojo) built.getMethod("builder").invoke(null);
      }
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
