package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.model.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads `States.Name(argument, …)`. An argument is a text in single quotes, a number, `true`,
/// `false`, `null`, a path or another call.
public final class IntrinsicParser {
  static final int MAX_NESTING = 10;
  static final int MAX_LENGTH = 65_536;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String text;
  private int at;

  private IntrinsicParser(String text) {
    this.text = text;
  }

  /// Reads a whole text.
  ///
  /// @throws IllegalArgumentException where the text is not one call of a known function
  public static Expr.Intrinsic parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("an intrinsic call is at most 65536 characters long");
    }
    IntrinsicParser parser = new IntrinsicParser(text);
    parser.skipSpace();
    Expr.Intrinsic call = parser.call(1);
    parser.skipSpace();
    if (parser.at < text.length()) {
      throw parser.unexpected("the end");
    }
    return call;
  }

  private Expr.Intrinsic call(int depth) {
    if (depth > MAX_NESTING) {
      throw new IllegalArgumentException(
          "intrinsic functions can be nested at most " + MAX_NESTING + " deep");
    }
    String name = name();
    if (!Intrinsics.isKnown(name)) {
      throw new IllegalArgumentException("unknown intrinsic function '" + name + "'");
    }
    expect('(');
    List<Expr> arguments = new ArrayList<>();
    skipSpace();
    if (peek() != ')') {
      do {
        skipSpace();
        boolean template = arguments.isEmpty() && name.equals("States.Format");
        arguments.add(argument(depth, template));
        skipSpace();
      } while (accept(','));
    }
    expect(')');
    return new Expr.Intrinsic(name, arguments);
  }

  private String name() {
    int from = at;
    while (at < text.length() && (Character.isLetterOrDigit(peek()) || peek() == '.')) {
      at++;
    }
    return text.substring(from, at);
  }

  private Expr argument(int depth, boolean template) {
    char first = peek();
    if (first == '\'') {
      return new Expr.Literal(JSON.stringNode(quoted(template)));
    }
    if (first == '$') {
      return path();
    }
    if (text.startsWith("States.", at)) {
      return call(depth + 1);
    }
    JsonNode word = word();
    if (word == null) {
      throw unexpected("an argument");
    }
    return new Expr.Literal(word);
  }

  /// @param template whether the text is `States.Format`'s first: its escapes are the function's
  private String quoted(boolean template) {
    at++;
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = take();
      if (c == '\'') {
        return value.toString();
      }
      if (c == '\\') {
        char escaped = take();
        if ("'{}\\".indexOf(escaped) < 0) {
          throw new IllegalArgumentException("illegal escape '\\" + escaped + "'");
        }
        if (template && escaped != '\'') {
          value.append('\\');
        }
        c = escaped;
      }
      value.append(c);
    }
  }

  private Expr.Path path() {
    int from = at;
    int depth = 0;
    char quote = 0;
    while (at < text.length()) {
      char c = peek();
      if (quote != 0) {
        if (c == '\\') {
          at++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (depth == 0 && (c == ',' || c == ')' || Character.isWhitespace(c))) {
        break;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[' || c == '(') {
        depth++;
      } else if (c == ']' || c == ')') {
        depth--;
      }
      at++;
    }
    String path = text.substring(from, Math.min(at, text.length()));
    JsonPaths.compiled(path);
    return new Expr.Path(path);
  }

  private @Nullable JsonNode word() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0)) {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "true" -> JSON.booleanNode(true);
      case "false" -> JSON.booleanNode(false);
      case "null" -> JSON.nullNode();
      default -> Numbers.parse(word);
    };
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char take() {
    if (at >= text.length()) {
      throw unexpected("a closing quote");
    }
    return text.charAt(at++);
  }

  private boolean accept(char c) {
    if (peek() != c || at >= text.length()) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " at position " + at + " of '" + text + "'");
  }
}
