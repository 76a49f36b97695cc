package io.gradus.asl.text;

/// Strings as JSON writes them.
final class JsonStrings {
  private JsonStrings() {}

  /// Appends the text in quotes, with the escapes that JSON asks for and no others.
  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          boolean pairs =
              Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (pairs) {
            out.append(c).append(text.charAt(++i));
          } else if (isPlain(c)) {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    out.append('"');
  }

  /// Whether the character may stand for itself, in JSON and in YAML.
  static boolean isPlain(char c) {
    return c >= ' '
        && !(c >= 0x7f && c <= 0x9f)
        && !Character.isSurrogate(c)
        && c != 0x2028
        && c != 0x2029
        && c != 0xfeff
        && c != 0xfffe
        && c != 0xffff;
  }
}
