package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import org.jspecify.annotations.Nullable;

/// An encryption configuration as it is sent.
record Encryption(
    @Member(min = 1, max = 2_048) @Nullable String kmsKeyId,
    @Member(min = 60, max = 900) @Nullable Integer kmsDataKeyReusePeriodSeconds,
    @Member(required = true) Type type) {

  /// Whose key encrypts.
  enum Type {
    AWS_OWNED_KEY,
    CUSTOMER_MANAGED_KMS_KEY
  }

  /// What everything here is encrypted with.
  static final Encryption OWN = new Encryption(null, null, Type.AWS_OWNED_KEY);

  /// Refuses a key of the customer's: there is no KMS here to hold it, and to pretend otherwise
  /// would be a lie about security.
  static void check(@Nullable Encryption sent) {
    if (sent != null && (sent.type != Type.AWS_OWNED_KEY || sent.kmsKeyId != null)) {
      throw new Refusal(
          ErrorCode.INVALID_ENCRYPTION_CONFIGURATION,
          "Invalid Encryption Configuration: only AWS_OWNED_KEY is supported.");
    }
  }
}
