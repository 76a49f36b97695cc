package io.gradus.asl.parse;

/// The tokens of a JSONata expression that is known to be well formed.
///
/// A `/` begins a regular expression where an operand may stand, and divides elsewhere, so the
/// reader says which it expects.
final class JsonataTokens {
  enum Kind {
    /// A field's name, or the words `and`, `or`, `in`, which are operators after an operand.
    NAME,
    /// `$name`; the text is `name`, empty for `$` and `$` for `$$`.
    VARIABLE,
    /// A string, a number or a regular expression; its text is not kept.
    LITERAL,
    OPERATOR,
    END
  }

  private static final String SINGLE = ".[]{}()@#;:?+-*/%|=<>^,~&!";
  private static final String[] DOUBLE = {"..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"};

  private final String text;
  private int at;
  private Kind kind = Kind.END;
  private String value = "";

  JsonataTokens(String text) {
    this.text = text;
  }

  Kind kind() {
    return kind;
  }

  String value() {
    return value;
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && value.equals(operator);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && value.equals(word);
  }

  /// Moves to the end.
  void skipAll() {
    at = text.length();
    set(Kind.END, "");
  }

  /// Moves to the next token.
  ///
  /// @param operand whether an operand may stand there
  void next(boolean operand) {
    skipSpace();
    if (at >= text.length()) {
      set(Kind.END, "");
      return;
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      quoted(c);
      set(Kind.LITERAL, "");
    } else if (c == '`') {
      int from = ++at;
      int end = text.indexOf('`', from);
      at = end < 0 ? text.length() : end + 1;
      set(Kind.NAME, text.substring(from, end < 0 ? text.length() : end));
    } else if (c == '/' && operand) {
      regularExpression();
      set(Kind.LITERAL, "");
    } else if (isDigit(c)) {
      number();
      set(Kind.LITERAL, "");
    } else if (!operator()) {
      name();
    }
  }

  private void set(Kind newKind, String newValue) {
    kind = newKind;
    value = newValue;
  }

  private void skipSpace() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else {
        return;
      }
    }
  }

  private void quoted(char quote) {
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + 1);
  }

  private void regularExpression() {
    at++;
    int depth = 0;
    while (at < text.length() && (text.charAt(at) != '/' || depth > 0)) {
      char c = text.charAt(at);
      depth += "([{".indexOf(c) >= 0 ? 1 : 0;
      depth -= ")]}".indexOf(c) >= 0 ? 1 : 0;
      at += c == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + 1);
    while (at < text.length() && (text.charAt(at) == 'i' || text.charAt(at) == 'm')) {
      at++;
    }
  }

  private void number() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
      at++;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      while (at < text.length()
          && (isDigit(text.charAt(at)) || "+-".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
    }
  }

  private boolean operator() {
    for (String each : DOUBLE) {
      if (text.startsWith(each, at)) {
        at += 2;
        set(Kind.OPERATOR, each);
        return true;
      }
    }
    if (SINGLE.indexOf(text.charAt(at)) < 0) {
      return false;
    }
    set(Kind.OPERATOR, text.substring(at, ++at));
    return true;
  }

  private void name() {
    int from = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && SINGLE.indexOf(text.charAt(at)) < 0
        && "\"'`".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == from) {
      at++;
    }
    String word = text.substring(from, at);
    if (word.startsWith("$")) {
      set(Kind.VARIABLE, word.substring(1));
    } else {
      set(Kind.NAME, word);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
