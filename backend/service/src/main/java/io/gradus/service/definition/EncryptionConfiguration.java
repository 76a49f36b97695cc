package io.gradus.service.definition;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose key is to encrypt. It is checked, kept and told; there is no KMS here, so that payloads
/// lie on the database's disks as everything else does.
///
/// @param kmsKeyId the customer's key: its id, its alias or the ARN of either; null for our own
/// @param kmsDataKeyReusePeriodSeconds how long a data key would be used, null for our own key
public record EncryptionConfiguration(
    Type type, @Nullable String kmsKeyId, @Nullable Integer kmsDataKeyReusePeriodSeconds) {
  /// What is not spoken of is encrypted with.
  public static final EncryptionConfiguration OWN =
      new EncryptionConfiguration(Type.AWS_OWNED_KEY, null, null);

  private static final int REUSE_SECONDS = 300;
  private static final Pattern KEY =
      Pattern.compile(
          "(arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:)?"
              + "(alias/[a-zA-Z0-9/_-]+|(key/)?[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}"
              + "|(key/)?mrk-[a-f0-9]{32})");

  /// Whose key encrypts.
  public enum Type {
    AWS_OWNED_KEY,
    CUSTOMER_MANAGED_KMS_KEY
  }

  /// A configuration from what a request says, with AWS's defaults.
  ///
  /// @throws Refusal InvalidEncryptionConfiguration where its parts do not go together
  public static EncryptionConfiguration of(
      Type type, @Nullable String kmsKeyId, @Nullable Integer reuseSeconds) {
    return switch (type) {
      case AWS_OWNED_KEY -> own(kmsKeyId, reuseSeconds);
      case CUSTOMER_MANAGED_KMS_KEY -> customers(kmsKeyId, reuseSeconds);
    };
  }

  private static EncryptionConfiguration own(
      @Nullable String kmsKeyId, @Nullable Integer reuseSeconds) {
    if (kmsKeyId != null || reuseSeconds != null) {
      throw invalid(
          "kmsKeyId and kmsDataKeyReusePeriodSeconds must not be set where type is"
              + " AWS_OWNED_KEY.");
    }
    return OWN;
  }

  private static EncryptionConfiguration customers(
      @Nullable String kmsKeyId, @Nullable Integer reuseSeconds) {
    if (kmsKeyId == null) {
      throw invalid("kmsKeyId must be set where type is CUSTOMER_MANAGED_KMS_KEY.");
    }
    if (!KEY.matcher(kmsKeyId).matches()) {
      throw invalid("'" + kmsKeyId + "' is neither a KMS key's id, alias nor ARN.");
    }
    return new EncryptionConfiguration(
        Type.CUSTOMER_MANAGED_KMS_KEY,
        kmsKeyId,
        reuseSeconds == null ? REUSE_SECONDS : reuseSeconds);
  }

  private static Refusal invalid(String why) {
    return new Refusal(
        ErrorCode.INVALID_ENCRYPTION_CONFIGURATION, "Invalid Encryption Configuration: " + why);
  }
}
