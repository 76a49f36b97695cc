package io.gradus.asl.expr.jsonpath;

/// A `StringMatches` pattern: `*` is any run of characters, `\*` and `\\` stand for themselves.
/// Takes at most length × pattern steps, whatever the pattern.
final class Wildcard {
  /// Stands for an unescaped `*`; the characters of a literal are never negative.
  private static final int ANY = -1;

  private final int[] pattern;

  Wildcard(String text) {
    int[] symbols = new int[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\'
          && i + 1 < text.length()
          && (text.charAt(i + 1) == '*' || text.charAt(i + 1) == '\\')) {
        symbols[length++] = text.charAt(++i);
      } else {
        symbols[length++] = c == '*' ? ANY : c;
      }
    }
    pattern = java.util.Arrays.copyOf(symbols, length);
  }

  boolean matches(String text) {
    int at = 0;
    int symbol = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (symbol < pattern.length && pattern[symbol] == text.charAt(at)) {
        at++;
        symbol++;
      } else if (symbol < pattern.length && pattern[symbol] == ANY) {
        star = symbol++;
        resume = at;
      } else if (star >= 0) {
        symbol = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (symbol < pattern.length && pattern[symbol] == ANY) {
      symbol++;
    }
    return symbol == pattern.length;
  }
}
