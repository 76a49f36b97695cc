package io.gradus.integrations.mock;

import java.util.List;

/// Mocks that cannot be used. Its message says every fault.
public final class InvalidMocks extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  InvalidMocks(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /// One sentence each, without a full stop.
  public List<String> faults() {
    return faults;
  }
}
