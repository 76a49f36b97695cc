package io.gradus.asl.cloudformation;

import io.gradus.asl.cloudformation.TemplateMachine.Fault;

/// Ends a reading at its first fault.
final class TemplateFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  /// A fault whose place is not known: the start of the text.
  TemplateFault(String sentence) {
    this(new Fault(sentence, 1, 1));
  }

  TemplateFault(Fault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
