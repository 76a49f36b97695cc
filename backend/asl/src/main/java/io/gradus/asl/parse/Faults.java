package io.gradus.asl.parse;

import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;

/// The faults found so far in one definition, in the order they were found.
///
/// Lines and columns are not known while faults are collected (a sound definition never pays for
/// them): [Places] fills them in once at the end.
public final class Faults {
  /// A definition of 1 MiB can hold a hundred thousand faults; nobody reads more than these, and
  /// the API returns at most 100.
  private static final int LIMIT = 1_000;

  /// Characters of all messages and locations together: names may be long, and repeat.
  private static final int CHARACTERS = 4_000_000;

  private final List<Diagnostic> found = new ArrayList<>();
  private int characters;
  private boolean errors;

  public void error(Code code, String message, Location location) {
    add(Severity.ERROR, code, message, location.toString(), 0, 0);
  }

  /// The fault that most are: `SCHEMA_VALIDATION_FAILED`.
  public void schema(String message, Location location) {
    error(Code.SCHEMA_VALIDATION_FAILED, message, location);
  }

  public void warning(Code code, String message, Location location) {
    add(Severity.WARNING, code, message, location.toString(), 0, 0);
  }

  /// A fault of the definition as a whole, which AWS gives no location.
  public void nowhere(Code code, String message) {
    add(Severity.ERROR, code, message, "", 0, 0);
  }

  /// A fault whose place in the text is already known.
  ///
  /// @param line 1-based
  /// @param column 1-based
  void errorAt(Code code, String message, String location, int line, int column) {
    add(Severity.ERROR, code, message, location, line, column);
  }

  public boolean anyError() {
    return errors;
  }

  public List<Diagnostic> all() {
    return List.copyOf(found);
  }

  private void add(
      Severity severity, Code code, String message, String location, int line, int column) {
    errors |= severity == Severity.ERROR;
    int length = message.length() + location.length();
    if (found.isEmpty() || (found.size() < LIMIT && characters + length <= CHARACTERS)) {
      characters += length;
      found.add(new Diagnostic(severity, code, message, location, line, column));
    }
  }
}
