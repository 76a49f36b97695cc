package io.gradus.console.machines.studio;

import io.gradus.asl.parse.Diagnostic;
import io.gradus.console.editor.Problem;
import org.jspecify.annotations.Nullable;

/// A fault with its place in what was written, be it JSON or YAML.
///
/// @param line from 1
/// @param column from 1
/// @param node the id of the graph's node that it is in; null for faults of the whole
/// @param where in words: `Generate tags › Catch 1 › Next`; empty where it is nowhere
record Fault(Diagnostic diagnostic, int line, int column, @Nullable String node, String where) {
  boolean isError() {
    return diagnostic.severity() == Diagnostic.Severity.ERROR;
  }

  /// Whether the editor knows ways to mend it.
  boolean isMendable() {
    String message = diagnostic.message();
    return message.startsWith("Missing 'Next' target")
        || message.endsWith("of the following fields: [Next, End]")
        || message.startsWith("The field 'Type'");
  }

  Problem problem() {
    return Problem.at(diagnostic, line, column);
  }

  /// A location of AWS's in words.
  ///
  /// @param state the name of the state it is in; null where it is in none
  static String words(String location, @Nullable String state) {
    if (!location.startsWith("/")) {
      return ""; // the reader's own words for where JSON is broken, which the message has already
    }
    String rest = location;
    String begin = "";
    if (state != null) {
      String marker = "/States/" + state;
      rest = location.substring(location.lastIndexOf(marker) + marker.length());
      begin = state;
    }
    StringBuilder words = new StringBuilder(begin);
    for (String step : rest.split("/", -1)) {
      if (step.isEmpty()) {
        continue;
      }
      int bracket = step.endsWith("]") ? step.indexOf('[') : -1;
      String name = bracket < 0 ? step : step.substring(0, bracket);
      if (!name.isEmpty()) {
        words.append(words.isEmpty() ? "" : " › ").append(name);
      }
      if (bracket >= 0) {
        for (String index : step.substring(bracket + 1, step.length() - 1).split("]\\[", -1)) {
          words.append(' ').append(ordinal(index));
        }
      }
    }
    return words.toString();
  }

  /// People count from 1.
  private static String ordinal(String index) {
    return index.matches("\\d{1,6}") ? String.valueOf(Integer.parseInt(index) + 1) : index;
  }
}
