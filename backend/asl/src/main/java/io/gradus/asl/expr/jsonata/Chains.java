package io.gradus.asl.expr.jsonata;

/// How many operators follow one another in an expression.
///
/// The library goes as deep as a chain is long, so a long one ends at the end of the stack: after
/// seconds of a processor where the JIT is at work meanwhile, and sooner or later by what the JIT
/// has done before. What is refused by its text is refused at once, and always.
final class Chains {
  private static final String OPERATORS = ".+-*/%&=<>~?!|";

  private final String text;
  private final int[] counts;
  private int level;
  private int longest;

  private Chains(String text, int levels) {
    this.text = text;
    this.counts = new int[levels + 1];
  }

  /// Characters of operators, and words that are operators, in the longest chain.
  ///
  /// @param levels how deep brackets stand in each other
  static int longest(String text, int levels) {
    Chains chains = new Chains(text, levels);
    for (int at = 0; at < text.length(); ) {
      at = chains.next(at);
    }
    return chains.longest;
  }

  private int next(int at) {
    char c = text.charAt(at);
    switch (c) {
      case '"', '\'', '`' -> {
        return quoted(at);
      }
      case '(', '[', '{' -> {
        level = Math.min(level + 1, counts.length - 1);
        counts[level] = 0;
      }
      case ')', ']', '}' -> level = Math.max(level - 1, 0);
      case ',', ';' -> counts[level] = 0;
      default -> {
        if (Character.isLetter(c) || c == '$') {
          return word(at);
        }
        if (OPERATORS.indexOf(c) >= 0) {
          one();
        }
      }
    }
    return at + 1;
  }

  private void one() {
    longest = Math.max(longest, ++counts[level]);
  }

  private int quoted(int from) {
    char quote = text.charAt(from);
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    return at + 1;
  }

  private int word(int from) {
    int at = from + 1;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    int length = at - from;
    if ((length == 2 && (text.startsWith("or", from) || text.startsWith("in", from)))
        || (length == 3 && text.startsWith("and", from))) {
      one();
    }
    return at;
  }
}
