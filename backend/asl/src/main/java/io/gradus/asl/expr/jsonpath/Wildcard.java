package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.TextSearch;
import java.util.ArrayList;
import java.util.List;

/// A `StringMatches` pattern: `*` is any run of characters, `\*` and `\\` stand for themselves.
final class Wildcard {
  /// What stands between the stars; its first and last piece are bound to the ends.
  private final List<String> pieces = new ArrayList<>();

  Wildcard(String pattern) {
    StringBuilder piece = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean more = i + 1 < pattern.length();
      if (c == '\\' && more && "*\\".indexOf(pattern.charAt(i + 1)) >= 0) {
        piece.append(pattern.charAt(++i));
      } else if (c == '*') {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
  }

  boolean matches(String text) {
    String first = pieces.getFirst();
    String last = pieces.getLast();
    if (pieces.size() == 1) {
      return text.equals(first);
    }
    int end = text.length() - last.length();
    int at = first.length();
    if (end < at || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int found = TextSearch.indexOf(text, piece, at);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      at = found + piece.length();
    }
    return true;
  }
}
