package io.gradus.asl.expr.jsonata;

/// An expression went past one of its bounds.
final class Breach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Breach(String reason) {
    super(reason, null, false, false);
  }
}
