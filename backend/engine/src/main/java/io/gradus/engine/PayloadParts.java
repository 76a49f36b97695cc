package io.gradus.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The text that a part of a payload came as: what was picked out of a document can be shown with
/// the blanks it was sent with.
public final class PayloadParts {
  private PayloadParts() {}

  /// One step into a document.
  private sealed interface Step {
    record Member(String name) implements Step {}

    record Element(int index) implements Step {}
  }

  /// The part as it is written in the whole; null where it is none of it.
  ///
  /// @param part the very tree in the whole's tree, not one that is equal to it
  public static @Nullable Payload of(Payload whole, JsonNode part) {
    Deque<Step> path = new ArrayDeque<>();
    if (!find(whole.json(), part, path)) {
      return null;
    }
    if (path.isEmpty()) {
      return whole;
    }
    Payload found = read(whole.bytes(), path);
    // Of members with one name the tree has the last, which cannot be told here.
    return found != null && found.json().equals(part) ? found : null;
  }

  @SuppressWarnings("ReferenceEquality") // the same tree, not an equal one
  private static boolean find(JsonNode tree, JsonNode part, Deque<Step> path) {
    if (tree == part) {
      return true;
    }
    if (tree.isArray()) {
      for (int i = 0; i < tree.size(); i++) {
        path.addLast(new Step.Element(i));
        if (find(tree.get(i), part, path)) {
          return true;
        }
        path.removeLast();
      }
    }
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      path.addLast(new Step.Member(member.getKey()));
      if (find(member.getValue(), part, path)) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }

  private static @Nullable Payload read(byte[] text, Deque<Step> path) {
    try (JsonParser parser = PayloadJson.MAPPER.createParser(text)) {
      parser.nextToken();
      for (Step step : List.copyOf(path)) {
        if (!enter(parser, step)) {
          return null;
        }
      }
      int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      parser.finishToken();
      int to = Math.toIntExact(parser.currentLocation().getByteOffset());
      return Payload.ofText(Arrays.copyOfRange(text, from, to));
    }
  }

  /// Goes to the value that the step leads to.
  private static boolean enter(JsonParser parser, Step step) {
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != null && !token.isStructEnd();
        token = parser.nextToken()) {
      boolean there =
          switch (step) {
            case Step.Member(String name) -> {
              boolean named = parser.currentName().equals(name);
              parser.nextToken();
              yield named;
            }
            case Step.Element(int wanted) -> index++ == wanted;
          };
      if (there) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
