package io.gradus.postgres;

/// Another living process owns the data directory. The message is one sentence for the person who
/// started this one.
public final class DataDirectoryInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataDirectoryInUseException(String message) {
    super(message);
  }
}
