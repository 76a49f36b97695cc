package io.gradus.console.graph;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a state went in two executions that are compared, which are called A and B.
///
/// @param line what the node says below its name; null keeps what it says while it is not run
public record NodeComparison(Mark mark, @Nullable String line) implements NodeSign {
  /// In which it was visited, and whether it went alike.
  public enum Mark {
    LEFT,
    RIGHT,
    DIFFERS,
    SAME;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where executions begin, in a graph that has a sign for it.
  public static final String START = "\nstart";

  /// Where executions end that no state of its own ends.
  public static final String END = "\nstop";
}
