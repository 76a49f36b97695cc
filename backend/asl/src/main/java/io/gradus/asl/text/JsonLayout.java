package io.gradus.asl.text;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON with line breaks and indentation. Only the space between what is written changes: every
/// number, string and key stays as it was, letter for letter.
public final class JsonLayout {
  private static final int MAX_DEPTH = 1_010;
  private static final int INDENT = 2;

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

  /// The text with a member or item to a line; null where it is not JSON.
  public static @Nullable String indented(String json) {
    return isJson(json) ? laidOut(json) : null;
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
    int depth = 0;
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
            line(out, ++depth);
          }
        }
        case '}', ']' -> {
          line(out, --depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          line(out, depth);
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, int depth) {
    out.append('\n').repeat(' ', depth * INDENT);
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
