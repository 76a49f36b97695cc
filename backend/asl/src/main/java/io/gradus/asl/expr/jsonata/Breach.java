package io.gradus.asl.expr.jsonata;

/// An expression went past one of its bounds. The sentences are AWS's.
final class Breach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Breach(String reason) {
    super(reason, null, false, false);
  }

  static Breach memory() {
    return new Breach(
        "Expression evaluation memory limit exceeded: Check for excessive memory usage");
  }

  static Breach time() {
    return new Breach("Expression evaluation timeout: Check for infinite loop");
  }

  static Breach depth() {
    return new Breach(
        "Stack overflow error: Check for non-terminating recursive function. "
            + "Consider rewriting as tail-recursive.");
  }
}
