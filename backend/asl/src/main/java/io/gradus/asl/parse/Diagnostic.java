package io.gradus.asl.parse;

/// One fault of a definition.
///
/// @param location AWS's location, a JSON pointer such as `/States/Name/Field`
/// @param line 1-based; 0 where the place is not known
/// @param column 1-based; 0 where the place is not known
public record Diagnostic(
    Severity severity, Code code, String message, String location, int line, int column) {
  public enum Severity {
    ERROR,
    WARNING
  }

  /// The codes of ValidateStateMachineDefinition.
  public enum Code {
    INVALID_JSON_DESCRIPTION,
    MISSING_DESCRIPTION,
    SCHEMA_VALIDATION_FAILED,
    INVALID_RESOURCE,
    MISSING_END_STATE,
    DUPLICATE_STATE_NAME,
    INVALID_STATE_NAME,
    STATE_MACHINE_NAME_EMPTY,
    STATE_MACHINE_NAME_INVALID,
    STATE_MACHINE_NAME_TOO_LONG,
    STATE_MACHINE_NAME_ALREADY_EXISTS,
    DUPLICATE_LABEL_NAME,
    INVALID_LABEL_NAME,
    MISSING_TRANSITION_TARGET,
    TOO_DEEPLY_NESTED,
    NO_DOLLAR,
    NO_PATH,
    PASS_RESULT_IS_STATIC
  }
}
