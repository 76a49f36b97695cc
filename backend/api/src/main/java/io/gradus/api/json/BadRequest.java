package io.gradus.api.json;

/// A request that the protocol refuses before any operation sees it.
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The protocol's own errors.
  public enum Kind {
    /// The body is not JSON, or a member has another type than the model says.
    SERIALIZATION("SerializationException", 400),
    /// A member breaks a constraint of the model.
    VALIDATION("ValidationException", 400),
    /// No operation has the name in `X-Amz-Target`.
    UNKNOWN_OPERATION("UnknownOperationException", 400),
    /// The body is longer than any request may be.
    TOO_LARGE("RequestEntityTooLargeException", 413),
    /// The body did not come in time.
    TOO_SLOW("RequestTimeoutException", 408),
    /// There is no room for the request just now.
    THROTTLING("ThrottlingException", 400);

    private final String wireName;
    private final int status;

    Kind(String wireName, int status) {
      this.wireName = wireName;
      this.status = status;
    }

    /// The error's name as AWS writes it.
    public String wireName() {
      return wireName;
    }

    /// The HTTP status that goes with it.
    public int status() {
      return status;
    }
  }

  private final Kind kind;

  /// A refusal with the sentence for the caller.
  public BadRequest(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /// Which of the protocol's errors it is.
  public Kind kind() {
    return kind;
  }

  /// The sentence for the caller.
  public String message() {
    return String.valueOf(getMessage());
  }
}
