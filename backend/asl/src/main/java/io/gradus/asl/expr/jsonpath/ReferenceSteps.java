package io.gradus.asl.expr.jsonpath;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the steps of a reference path: `.name`, `['name']`, `["name"]` and `[n]`.
final class ReferenceSteps {
  private final String text;
  private int at;

  ReferenceSteps(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /// Null where the text goes beyond a reference path.
  @Nullable List<Step> read() {
    List<Step> steps = new ArrayList<>();
    while (at < text.length()) {
      Step step =
          switch (text.charAt(at)) {
            case '.' -> dotted();
            case '[' -> bracketed();
            default -> null;
          };
      if (step == null) {
        return null;
      }
      steps.add(step);
    }
    return steps;
  }

  private @Nullable Step dotted() {
    int from = at + 1;
    int to = from;
    while (to < text.length() && isNameCharacter(text.charAt(to))) {
      to++;
    }
    if (to == from) {
      return null;
    }
    at = to;
    return new Step.Member(text.substring(from, to));
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || Character.isSurrogate(c);
  }

  private @Nullable Step bracketed() {
    if (at + 1 >= text.length()) {
      return null;
    }
    char first = text.charAt(at + 1);
    return first == '\'' || first == '"' ? quoted(first) : indexed();
  }

  private @Nullable Step quoted(char quote) {
    StringBuilder name = new StringBuilder();
    int i = at + 2;
    while (i < text.length() && text.charAt(i) != quote) {
      if (text.charAt(i) == '\\'
          && i + 1 < text.length()
          && (text.charAt(i + 1) == quote || text.charAt(i + 1) == '\\')) {
        i++; // AWS keeps a backslash before anything else
      }
      name.append(text.charAt(i++));
    }
    if (i + 1 >= text.length() || text.charAt(i + 1) != ']') {
      return null;
    }
    at = i + 2;
    return new Step.Member(name.toString());
  }

  private @Nullable Step indexed() {
    int close = text.indexOf(']', at);
    int digits = at + 1;
    if (digits < text.length() && text.charAt(digits) == '-') {
      digits++;
    }
    if (close < 0 || close == digits || close - digits > 9) {
      return null;
    }
    for (int i = digits; i < close; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    Step step = new Step.Element(Integer.parseInt(text.substring(at + 1, close)));
    at = close + 1;
    return step;
  }
}
