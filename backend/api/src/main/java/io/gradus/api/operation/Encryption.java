package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.definition.EncryptionConfiguration;
import org.jspecify.annotations.Nullable;

/// An encryption configuration as it is sent.
record Encryption(
    @Member(min = 1, max = 2_048) @Nullable String kmsKeyId,
    @Member(min = 60, max = 900) @Nullable Integer kmsDataKeyReusePeriodSeconds,
    @Member(required = true) EncryptionConfiguration.Type type) {

  static @Nullable EncryptionConfiguration read(@Nullable Encryption sent) {
    return sent == null
        ? null
        : EncryptionConfiguration.of(sent.type, sent.kmsKeyId, sent.kmsDataKeyReusePeriodSeconds);
  }

  static Encryption of(EncryptionConfiguration kept) {
    return new Encryption(kept.kmsKeyId(), kept.kmsDataKeyReusePeriodSeconds(), kept.type());
  }
}
