package io.gradus.app.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the first start creates. What is null is made up and written where only the owner of the
/// data can read it.
///
/// @param account the first tenant's 12 digits
/// @param accessKeyId of the first access key
/// @param secretAccessKey of the first access key
/// @param adminPassword of the first person, whose login is `admin`
@ConfigurationProperties("gradus.bootstrap")
public record BootstrapSettings(
    @DefaultValue("000000000000") String account,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String adminPassword) {

  /// Refuses an account that AWS would not have.
  public BootstrapSettings {
    if (!account.matches("\\d{12}")) {
      throw new IllegalArgumentException("gradus.bootstrap.account must be 12 digits");
    }
    if ((accessKeyId == null) != (secretAccessKey == null)) {
      throw new IllegalArgumentException(
          "gradus.bootstrap.access-key-id and gradus.bootstrap.secret-access-key go together");
    }
  }

  /// Whether nothing has to be made up.
  public boolean saysAll() {
    return accessKeyId != null && adminPassword != null;
  }

  /// Says no secret.
  @Override
  public String toString() {
    return "BootstrapSettings[account=" + account + "]";
  }
}
