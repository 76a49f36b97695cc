package io.gradus.api.sigv4;

import io.gradus.service.access.AccessKey;

/// What came of verifying a request.
public sealed interface Verification {
  /// The signature is the key's own, made in time, and covers this very request.
  record Accepted(AccessKey key) implements Verification {}

  /// The request is not taken.
  ///
  /// @param reason AWS's name of the error
  /// @param message the sentence AWS says with it; holds no secret
  record Refused(Reason reason, String message) implements Verification {}

  /// Why a request is refused; each constant's wire name is AWS's.
  enum Reason {
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException"),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException"),
    INVALID_SIGNATURE("InvalidSignatureException"),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException");

    private final String wireName;

    Reason(String wireName) {
      this.wireName = wireName;
    }

    /// The error's name as AWS writes it.
    public String wireName() {
      return wireName;
    }
  }
}
