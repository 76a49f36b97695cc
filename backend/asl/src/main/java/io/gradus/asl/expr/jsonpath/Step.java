package io.gradus.asl.expr.jsonpath;

/// One step of a reference path.
sealed interface Step {
  record Member(String name) implements Step {}

  /// An element of an array.
  ///
  /// @param index from the end where negative
  record Element(int index) implements Step {}
}
