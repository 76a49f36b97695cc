package io.gradus.asl.parse;

/// One fault of a definition.
///
/// @param location AWS's location such as `/States/Name/Choices[0]/Next`; empty where AWS names
///   none
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
    /// Not in the API reference's list, but what the service answers.
    INVALID_JSONATA_EXPRESSION,
    /// Not in the API reference's list, but what the service answers.
    UNSUPPORTED_JSONATA_EXPRESSION,
    /// Not in the API reference's list, but what the service answers.
    INVALID_VARIABLE_NAME,
    /// Not in the API reference's list, but what the service answers.
    RESERVED_VARIABLE_NAME,
    NO_DOLLAR,
    NO_PATH,
    PASS_RESULT_IS_STATIC
  }
}
