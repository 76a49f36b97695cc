package io.gradus.engine.port;

import io.gradus.asl.model.ErrorName;

/// Items could not be read or results not be written.
public final class ItemFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorName error;
  private final boolean passing;

  /// @param error as AWS names it, mostly `States.ItemReaderFailed` or `States.ResultWriterFailed`
  /// @param cause a sentence for whoever wrote the machine, with the item's place if one is at
  ///   fault
  /// @param passing whether the same call may succeed later (throttling, no answer)
  public ItemFailure(ErrorName error, String cause, boolean passing) {
    super(cause);
    this.error = error;
    this.passing = passing;
  }

  public ErrorName error() {
    return error;
  }

  /// Whether the same call may succeed later.
  public boolean isPassing() {
    return passing;
  }
}
