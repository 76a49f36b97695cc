package io.gradus.asl.expr;

/// Finds a text in another one in linear time. `String.indexOf` takes length × length steps for a
/// long part that nearly matches everywhere, which an expression's data can ask for.
public final class TextSearch {
  /// Up to here the plain search is faster, and its worst case harmless.
  private static final int SHORT = 32;

  private TextSearch() {}

  /// The first place at or after `from` where `text` has `part`; -1 where there is none.
  public static int indexOf(String text, String part, int from) {
    if (part.length() <= SHORT) {
      return text.indexOf(part, from);
    }
    int[] borders = borders(part);
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      while (matched > 0 && part.charAt(matched) != c) {
        matched = borders[matched - 1];
      }
      if (part.charAt(matched) == c) {
        matched++;
      }
      if (matched == part.length()) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  /// For each prefix the length of its longest proper prefix that is also its suffix.
  private static int[] borders(String part) {
    int[] borders = new int[part.length()];
    int border = 0;
    for (int i = 1; i < part.length(); i++) {
      while (border > 0 && part.charAt(border) != part.charAt(i)) {
        border = borders[border - 1];
      }
      if (part.charAt(border) == part.charAt(i)) {
        border++;
      }
      borders[i] = border;
    }
    return borders;
  }
}
