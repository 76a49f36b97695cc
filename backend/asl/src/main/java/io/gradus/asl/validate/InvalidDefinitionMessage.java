package io.gradus.asl.validate;

import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import java.util.List;
import java.util.stream.Collectors;

/// The sentence of AWS's `InvalidDefinition` exception.
public final class InvalidDefinitionMessage {
  private InvalidDefinitionMessage() {}

  /// Names every error, with its code and place; warnings are left out. A fault without a place is
  /// `at null`, as AWS writes it.
  ///
  /// @throws IllegalArgumentException if there is no error to name
  public static String of(List<Diagnostic> diagnostics) {
    List<Diagnostic> errors =
        diagnostics.stream().filter(each -> each.severity() == Severity.ERROR).toList();
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("expected an error, found none");
    }
    return errors.stream()
        .map(InvalidDefinitionMessage::fault)
        .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'"));
  }

  private static String fault(Diagnostic fault) {
    return fault.code()
        + ": "
        + fault.message()
        + " at "
        + (fault.location().isEmpty() ? "null" : fault.location());
  }
}
