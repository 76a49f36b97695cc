package io.gradus.integrations.email;

import io.gradus.integrations.egress.Authorities;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// How mail servers are spoken to: what the transport is told of each.
public final class SmtpSessions {
  private SmtpSessions() {}

  /// The settings for a server. Who speaks by them signs in with the server's user, if it has one.
  ///
  /// @param timeout of each step of the conversation
  /// @param sockets what connections are made by; null for any
  public static Session of(MailServer server, Duration timeout, @Nullable SocketFactory sockets) {
    Properties properties = new Properties();
    String millis = Long.toString(timeout.toMillis());
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.sendpartial", "false");
    properties.setProperty("mail.smtp.auth", Boolean.toString(server.username() != null));
    if (sockets != null) {
      properties.put("mail.smtp.socketFactory", sockets);
      properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    }
    switch (server.security()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    if (server.authorities() != null && server.security() == MailServer.Security.STARTTLS) {
      // Only where there is a connection already: a first one of its own would be unchecked.
      properties.put(
          "mail.smtp.ssl.socketFactory",
          Authorities.trusting(server.authorities()).getSocketFactory());
    }
    return Session.getInstance(properties);
  }
}
