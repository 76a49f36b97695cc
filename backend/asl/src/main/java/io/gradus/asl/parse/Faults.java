package io.gradus.asl.parse;

import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The faults found so far in one definition, in the order they were found.
///
/// Lines and columns are not known while faults are collected (a sound definition never pays for
/// them): [Places] fills them in once at the end.
public final class Faults {
  /// A definition of 1 MiB can hold a hundred thousand faults; nobody reads more than these, and
  /// the API returns at most 100.
  private static final int LIMIT = 1_000;

  /// Characters of all messages and locations together: names may be long, and repeat.
  private static final int CHARACTERS = 1_000_000;

  /// What tools that deploy definitions fill in.
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");

  /// A fault, and where in the text to point: AWS's location may be that of the object around it.
  record Found(Diagnostic fault, String place) {}

  private final List<Found> found = new ArrayList<>();
  private @Nullable ObjectNode definition;
  private int characters;
  private boolean full;
  private boolean errors;

  /// The tree that places lead into, so that what is wrong because a `${placeholder}` was left in
  /// it is said to be that.
  void of(@Nullable ObjectNode tree) {
    definition = tree;
  }

  public void error(Code code, String message, Location location) {
    add(Severity.ERROR, code, message, location, location);
  }

  /// The fault that most are: `SCHEMA_VALIDATION_FAILED`.
  public void schema(String message, Location location) {
    error(Code.SCHEMA_VALIDATION_FAILED, message, location);
  }

  /// A fault that AWS places at an object, though one member of it is to blame.
  ///
  /// @param place that member, for the line and column
  void schema(String message, Location location, Location place) {
    add(Severity.ERROR, Code.SCHEMA_VALIDATION_FAILED, message, location, place);
  }

  public void warning(Code code, String message, Location location) {
    add(Severity.WARNING, code, message, location, location);
  }

  /// A fault of the definition as a whole, which AWS gives no location.
  public void nowhere(Code code, String message) {
    add(new Diagnostic(Severity.ERROR, code, message, "", 0, 0), "");
  }

  /// A fault whose place in the text is already known.
  ///
  /// @param location asked for only where there is room for it
  /// @param line 1-based
  /// @param column 1-based
  void errorAt(Code code, String message, Supplier<String> location, int line, int column) {
    errors = true;
    if (!full) {
      add(new Diagnostic(Severity.ERROR, code, message, location.get(), line, column), "");
    }
  }

  public boolean anyError() {
    return errors;
  }

  /// Every fault, with its line and column in the text they were found in.
  public List<Diagnostic> located(String text) {
    return Places.locate(text, found);
  }

  private void add(
      Severity severity, Code code, String message, Location location, Location place) {
    errors |= severity == Severity.ERROR;
    if (full) {
      return; // to write its place out may take as long as the definition is
    }
    String at = location.toString();
    String where = place == location ? at : place.toString();
    String placeholder = severity == Severity.ERROR ? placeholder(place) : null;
    String told =
        placeholder == null
            ? message
            : "The placeholder %s is not filled in".formatted(placeholder);
    add(new Diagnostic(severity, code, told, at, 0, 0), where);
  }

  private @Nullable String placeholder(Location place) {
    JsonNode value = definition == null ? null : place.in(definition);
    if (value == null || !value.isString()) {
      return null;
    }
    Matcher found = PLACEHOLDER.matcher(value.stringValue());
    return found.find() ? found.group() : null;
  }

  private void add(Diagnostic fault, String place) {
    errors |= fault.severity() == Severity.ERROR;
    int length = fault.message().length() + fault.location().length() + place.length();
    full |= !found.isEmpty() && (found.size() >= LIMIT || characters + length > CHARACTERS);
    if (!full) {
      characters += length;
      found.add(new Found(fault, place));
    }
  }
}
