package io.gradus.app.settings;

import io.gradus.integrations.email.MailServer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which server takes our mails.
///
/// @param host null sends none
/// @param username null to send without signing in
/// @param from the sender's address; needed with a host
/// @param security how the connection is secured
@ConfigurationProperties("gradus.smtp")
public record MailSettings(
    @Nullable String host,
    @DefaultValue("587") int port,
    @Nullable String username,
    @Nullable String password,
    @Nullable String from,
    @DefaultValue("starttls") MailServer.Security security) {
  /// Refuses a server without a sender.
  public MailSettings {
    host = host == null || host.isBlank() ? null : host;
    if (host != null && (from == null || from.isBlank())) {
      throw new IllegalArgumentException("gradus.smtp.from is needed beside gradus.smtp.host");
    }
  }

  /// Says no secret.
  @Override
  public String toString() {
    return "MailSettings[host=%s, port=%d, security=%s]".formatted(host, port, security);
  }
}
