package io.gradus.asl.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads as much of a JSON text as is there, for drawing a definition while it is being written.
///
/// | half written | read as |
/// |---|---|
/// | `{a": 1}` | a text may lack its first quote |
/// | `{"a": {"b": 1` | all that is open is closed at the end |
/// | `{"a": 1 "b": 2,, }` | commas may be missing or too many |
/// | `{"a": , "b": 2}` | a member without a value is left out |
/// | `{"a": "x⏎ "b": 2}` | an unclosed string ends with its line |
/// | `{"a": ⏎ "b": 2}` | what is followed by a colon was a name |
/// | `{"a": [1 }` | a bracket closes what is open inside of it; one that closes nothing is ignored |
final class TolerantReading {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String text;
  private final List<Open> open = new ArrayList<>();
  private @Nullable ObjectNode root;
  private boolean done;
  private int at;

  /// A container that is not closed yet.
  private static final class Open {
    final JsonNode node;

    /// The member whose value is awaited.
    @Nullable String member;

    boolean colon;

    /// The member that was set last, where its value was a string: it may prove to be a name.
    @Nullable String last;

    Open(JsonNode node) {
      this.node = node;
    }

    void forget() {
      member = null;
      colon = false;
      last = null;
    }
  }

  TolerantReading(String text) {
    this.text = text;
  }

  /// Null where the text has no object at all.
  @Nullable ObjectNode read() {
    while (at < text.length() && !done) {
      char c = text.charAt(at);
      switch (c) {
        case '{' -> begin(NODES.objectNode());
        case '[' -> begin(NODES.arrayNode());
        case '}' -> end(true);
        case ']' -> end(false);
        case '"' -> string();
        case ':' -> colon();
        case ',' -> {
          at++;
          if (!open.isEmpty()) {
            open.getLast().forget();
          }
        }
        default -> {
          if (Character.isWhitespace(c)) {
            at++;
          } else {
            bare();
          }
        }
      }
    }
    return root;
  }

  private void begin(JsonNode container) {
    at++;
    if (open.isEmpty()) {
      if (!(container instanceof ObjectNode object)) {
        return;
      }
      root = object;
    } else if (open.size() >= JsonReading.MAX_DEPTH) {
      done = true;
      return;
    } else {
      add(container);
    }
    open.add(new Open(container));
  }

  private void end(boolean object) {
    at++;
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).node.isObject() == object) {
        open.subList(i, open.size()).clear();
        done = open.isEmpty();
        return;
      }
    }
  }

  private void colon() {
    at++;
    if (open.isEmpty() || !(open.getLast().node instanceof ObjectNode object)) {
      return;
    }
    Open top = open.getLast();
    if (top.member != null) {
      top.colon = true;
    } else if (top.last != null) {
      JsonNode name = object.remove(top.last);
      top.last = null;
      top.member = name == null ? null : name.stringValue();
      top.colon = true;
    }
  }

  private void string() {
    StringBuilder value = new StringBuilder();
    boolean closed = false;
    at++;
    while (at < text.length() && !closed) {
      char c = text.charAt(at);
      if (c == '\n') {
        break;
      }
      at++;
      if (c == '"') {
        closed = true;
      } else if (c == '\\' && at < text.length()) {
        escape(value);
      } else {
        value.append(c);
      }
    }
    text(closed ? value.toString() : value.toString().replaceAll("[\\s,]+$", ""));
  }

  private void text(String read) {
    if (open.isEmpty()) {
      return;
    }
    Open top = open.getLast();
    if (top.node.isObject() && !top.colon) {
      top.member = read;
    } else {
      String member = top.member;
      boolean taken = member != null && top.node.has(member);
      add(NODES.stringNode(read));
      top.last = taken ? null : member;
    }
  }

  private void escape(StringBuilder value) {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'u' -> {
        int code = hex();
        if (code >= 0) {
          value.append((char) code);
          at += 4;
        }
      }
      default -> value.append(c);
    }
  }

  private int hex() {
    if (at + 4 > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  private void bare() {
    int from = at;
    while (at < text.length()
        && "{}[]\",:".indexOf(text.charAt(at)) < 0
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    String word = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      text(word);
      return;
    }
    if (open.isEmpty() || (open.getLast().node.isObject() && !open.getLast().colon)) {
      return;
    }
    switch (word) {
      case "true" -> add(NODES.booleanNode(true));
      case "false" -> add(NODES.booleanNode(false));
      case "null" -> add(NODES.nullNode());
      default -> number(word);
    }
  }

  private void number(String word) {
    if (word.length() > 18 || !word.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      open.getLast().forget();
    } else if (word.matches("-?[0-9]+")) {
      add(NODES.numberNode(Long.parseLong(word)));
    } else {
      add(NODES.numberNode(Double.parseDouble(word)));
    }
  }

  /// The first of two members with the same name stays.
  private void add(JsonNode value) {
    Open top = open.getLast();
    if (top.node instanceof ArrayNode array) {
      array.add(value);
    } else if (top.member != null && top.node instanceof ObjectNode object) {
      if (!object.has(top.member)) {
        object.set(top.member, value);
      }
      top.forget();
    }
  }
}
