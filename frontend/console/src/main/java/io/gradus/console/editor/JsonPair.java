package io.gradus.console.editor;

import io.gradus.asl.text.Disguises;
import io.gradus.asl.text.JsonLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Two payloads laid out so that only what they say is different in the lines of their texts: the
/// members of objects come in the order that the left one has them in, and strings are escaped
/// alike. Numbers stay as they were written.
///
/// @param left laid out; as it is where it is not JSON
/// @param right laid out in the left one's order; as it is where it is not JSON
/// @param mode TEXT where either is not JSON
/// @param cut whether only the beginning of one of them is here
public record JsonPair(String left, String right, CodeEditor.Mode mode, boolean cut) {
  private static final JsonMapper STRINGS = JsonMapper.shared();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private sealed interface Value {
    record Scalar(String written) implements Value {}

    record Array(List<Value> items) implements Value {}

    /// A text may have a member twice.
    record Members(List<Member> members) implements Value {}
  }

  private record Member(String name, Value value) {}

  private record Placed(int place, Value value) {}

  /// Lays them out; of what is longer than [JsonView#SHOWN] the beginning, as it is.
  public static JsonPair of(String left, String right) {
    if (left.length() <= JsonView.SHOWN && right.length() <= JsonView.SHOWN) {
      Value one = read(left);
      Value other = read(right);
      if (one != null && other != null) {
        return cut(laidOut(one), laidOut(inOrderOf(one, other)), CodeEditor.Mode.JSON);
      }
    }
    return cut(left, right, CodeEditor.Mode.TEXT);
  }

  private static JsonPair cut(String left, String right, CodeEditor.Mode mode) {
    boolean cut = left.length() > JsonView.SHOWN || right.length() > JsonView.SHOWN;
    return new JsonPair(beginning(left), beginning(right), mode, cut);
  }

  private static String beginning(String text) {
    return text.length() > JsonView.SHOWN ? text.substring(0, JsonView.SHOWN) : text;
  }

  private static String laidOut(Value value) {
    StringBuilder compact = new StringBuilder();
    write(value, compact);
    String text = compact.toString();
    String laidOut = JsonLayout.readable(text);
    return laidOut == null ? text : laidOut;
  }

  /// Null where the text is not one JSON value, or one that is nested too deep.
  private static @Nullable Value read(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      Value value = first == null ? null : value(parser, first);
      return parser.nextToken() == null ? value : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  private static Value value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          members.add(new Member(name, value(parser, parser.nextToken())));
        }
        yield new Value.Members(members);
      }
      case START_ARRAY -> {
        List<Value> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          items.add(value(parser, next));
        }
        yield new Value.Array(items);
      }
      case VALUE_STRING -> new Value.Scalar(quoted(parser.getString()));
      case VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          PROPERTY_NAME,
          END_OBJECT,
          END_ARRAY,
          NOT_AVAILABLE ->
          new Value.Scalar(parser.getString());
    };
  }

  private static Value inOrderOf(Value first, Value value) {
    return switch (value) {
      case Value.Scalar scalar -> scalar;
      case Value.Array array -> {
        List<Value> known = first instanceof Value.Array other ? other.items() : List.of();
        List<Value> items = new ArrayList<>(array.items());
        for (int i = 0; i < Math.min(known.size(), items.size()); i++) {
          items.set(i, inOrderOf(known.get(i), items.get(i)));
        }
        yield new Value.Array(items);
      }
      case Value.Members object ->
          first instanceof Value.Members known ? inOrderOf(known, object) : object;
    };
  }

  private static Value inOrderOf(Value.Members first, Value.Members object) {
    Map<String, Placed> known = new HashMap<>();
    for (Member member : first.members()) {
      known.putIfAbsent(member.name(), new Placed(known.size(), member.value()));
    }
    List<Member> members = new ArrayList<>();
    for (Member member : object.members()) {
      Placed like = known.get(member.name());
      members.add(
          like == null
              ? member
              : new Member(member.name(), inOrderOf(like.value(), member.value())));
    }
    members.sort(
        Comparator.comparingInt(
            member -> {
              Placed like = known.get(member.name());
              return like == null ? Integer.MAX_VALUE : like.place();
            }));
    return new Value.Members(members);
  }

  /// As JSON, with what hides in a text as its number.
  private static String quoted(String text) {
    String json = STRINGS.writeValueAsString(text);
    if (json.codePoints().noneMatch(Disguises::isOne)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder();
    json.codePoints()
        .forEach(
            character -> {
              if (Disguises.isOne(character)) {
                for (char unit : Character.toChars(character)) {
                  escaped.append("\\u%04x".formatted((int) unit));
                }
              } else {
                escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }

  private static void write(Value value, StringBuilder into) {
    switch (value) {
      case Value.Scalar scalar -> into.append(scalar.written());
      case Value.Array array -> {
        into.append('[');
        for (int i = 0; i < array.items().size(); i++) {
          into.append(i == 0 ? "" : ",");
          write(array.items().get(i), into);
        }
        into.append(']');
      }
      case Value.Members object -> {
        into.append('{');
        for (int i = 0; i < object.members().size(); i++) {
          Member member = object.members().get(i);
          into.append(i == 0 ? "" : ",").append(quoted(member.name()));
          into.append(':');
          write(member.value(), into);
        }
        into.append('}');
      }
    }
  }
}
