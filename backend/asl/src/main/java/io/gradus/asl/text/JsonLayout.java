package io.gradus.asl.text;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON with line breaks and indentation. Numbers, and the order of members that a text may even
/// have twice, stay as they were.
///
/// Indentation is bounded: a thousand brackets with a hundred thousand numbers within them would
/// otherwise become a thousand times as long. Lines after that begin at the margin.
public final class JsonLayout {
  private static final int MAX_DEPTH = 1_010;
  private static final int INDENT = 2;
  private static final int HEX = 16;

  /// As long as the escape of one unit is.
  private static final int ESCAPE = 6;

  /// How many blanks are written before lines, in all.
  private static final int BLANKS = 4 * 1_048_576;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonLayout() {}

  /// The text with a member or item to a line; null where it is not JSON. Only the space between
  /// what is written changes: every number, string and key stays as it was, letter for letter.
  public static @Nullable String indented(String json) {
    return isJson(json) ? laidOut(json) : null;
  }

  /// The same for people: what is written as the number of a character stands there as the
  /// character itself, where that is one to be seen. Quotes, backslashes, controls and what is
  /// invisible or turns the direction of a text stay escaped, so that it is the same JSON and hides
  /// nothing; null where it is not JSON.
  public static @Nullable String readable(String json) {
    String laidOut = indented(json);
    return laidOut == null || !laidOut.contains("\\u") ? laidOut : unescaped(laidOut);
  }

  private static String unescaped(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      int character = json.charAt(i + 1) == 'u' ? character(json, i) : -1;
      if (character >= 0 && isSeen(character)) {
        out.appendCodePoint(character);
        i += Character.charCount(character) * ESCAPE - 1;
      } else {
        out.append(c).append(json.charAt(++i));
      }
    }
    return out.toString();
  }

  /// What is escaped here: one unit, or a pair of them.
  private static int character(String json, int at) {
    char first = unit(json, at);
    if (Character.isHighSurrogate(first) && json.startsWith("\\u", at + ESCAPE)) {
      char second = unit(json, at + ESCAPE);
      if (Character.isLowSurrogate(second)) {
        return Character.toCodePoint(first, second);
      }
    }
    return first;
  }

  private static char unit(String json, int at) {
    return (char) Integer.parseInt(json, at + 2, at + ESCAPE, HEX);
  }

  private static boolean isSeen(int character) {
    boolean blank = Character.getType(character) == Character.SPACE_SEPARATOR;
    return character != '"'
        && character != '\\'
        && !Disguises.isOne(character)
        && (!blank || character == ' ');
  }

  /// Whether the whole text is one JSON value.
  static boolean isJson(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String laidOut(String json) {
    StringBuilder out = new StringBuilder(json.length() + json.length() / 4);
    Margin margin = new Margin(out);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case ' ', '\t', '\n', '\r' -> {}
        case '"' -> {
          int end = endOfString(json, i);
          out.append(json, i, end);
          i = end - 1;
        }
        case '{', '[' -> {
          out.append(c);
          int next = nextWritten(json, i + 1);
          if (json.charAt(next) == '}' || json.charAt(next) == ']') {
            out.append(json.charAt(next));
            i = next;
          } else {
            margin.open();
          }
        }
        case '}', ']' -> {
          margin.close();
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          margin.line();
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /// Where lines begin.
  private static final class Margin {
    private final StringBuilder out;
    private int depth;
    private int left = BLANKS;

    Margin(StringBuilder out) {
      this.out = out;
    }

    private void open() {
      depth++;
      line();
    }

    private void close() {
      depth--;
      line();
    }

    private void line() {
      int blanks = Math.min(depth * INDENT, left);
      left -= blanks;
      out.append('\n').repeat(' ', blanks);
    }
  }

  private static int endOfString(String json, int from) {
    int i = from + 1;
    while (json.charAt(i) != '"') {
      i += json.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private static int nextWritten(String json, int from) {
    int i = from;
    while (json.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }
}
