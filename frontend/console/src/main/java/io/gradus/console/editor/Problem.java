package io.gradus.console.editor;

import io.gradus.asl.parse.Diagnostic;
import java.util.Locale;

/// A fault as the editor shows it.
///
/// @param severity `error` or `warning`
/// @param line from 1; 0 where the fault has no place
/// @param column from 1; 0 where the fault has no place
public record Problem(String severity, String code, String message, int line, int column) {
  /// The validator's fault, at its own place.
  public static Problem of(Diagnostic fault) {
    return at(fault, fault.line(), fault.column());
  }

  /// The validator's fault, at another place: that of the YAML which was written.
  public static Problem at(Diagnostic fault, int line, int column) {
    return new Problem(
        fault.severity().name().toLowerCase(Locale.ROOT),
        fault.code().name(),
        fault.message(),
        line,
        column);
  }
}
