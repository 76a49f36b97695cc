package io.gradus.integrations.email;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.gradus.integrations.egress.Authorities;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressSockets;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Speaks SMTP, a connection for each mail, over sockets that the egress policy checks.
final class Smtp {
  private final EgressSockets sockets;

  Smtp(EgressSockets sockets) {
    this.sockets = sockets;
  }

  /// Hands the mail over to all of its recipients or to none.
  ///
  /// @param id of the message, the same when it is sent again
  /// @param timeout of each step of the conversation
  void send(MailServer server, Email email, String id, Duration timeout)
      throws MessagingException, EgressFailure {
    Session session = SmtpSessions.of(server, timeout, sockets);
    MimeMessage message = message(session, server, email, id);
    converse(
        session, server, transport -> transport.sendMessage(message, message.getAllRecipients()));
  }

  /// Signs in and does nothing else.
  void greet(MailServer server, Duration timeout) throws MessagingException, EgressFailure {
    converse(SmtpSessions.of(server, timeout, sockets), server, _ -> {});
  }

  private interface Conversation {
    void with(Transport transport) throws MessagingException;
  }

  private void converse(Session session, MailServer server, Conversation conversation)
      throws MessagingException, EgressFailure {
    sockets.lookUp(server.host(), server.port());
    boolean ownTls = server.authorities() != null && server.security() == MailServer.Security.TLS;
    try (Transport transport = ownTls ? over(session, server) : session.getTransport("smtp")) {
      if (!ownTls) {
        transport.connect(server.host(), server.port(), server.username(), server.password());
      }
      conversation.with(transport);
    }
  }

  /// A transport over a TLS connection that trusts the tenant's authorities alone. The library
  /// would have the factory of such connections make the first one as well, past the policy.
  private Transport over(Session plain, MailServer server) throws MessagingException {
    Properties properties = new Properties();
    properties.putAll(plain.getProperties());
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
    properties.setProperty("mail.smtp.ssl.enable", "false");
    String username = server.username();
    if (username != null) {
      properties.setProperty("mail.smtp.user", username);
    }
    Session session =
        Session.getInstance(
            properties,
            new Authenticator() {
              @Override
              protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(username, server.password());
              }
            });
    var transport = (SMTPTransport) session.getTransport("smtp");
    int millis = Integer.parseInt(properties.getProperty("mail.smtp.timeout"));
    try {
      transport.connect(secured(server, millis));
      return transport;
    } catch (IOException e) {
      throw new MessagingException("No connection to " + server, e);
    }
  }

  private Socket secured(MailServer server, int millis) throws IOException {
    Socket socket = sockets.createSocket();
    try {
      socket.connect(new InetSocketAddress(server.host(), server.port()), millis);
      socket.setSoTimeout(millis);
      SSLSocket secured =
          (SSLSocket)
              Authorities.trusting(Objects.requireNonNull(server.authorities()))
                  .getSocketFactory()
                  .createSocket(socket, server.host(), server.port(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static MimeMessage message(Session session, MailServer server, Email email, String id)
      throws MessagingException {
    MimeMessage message = new Named(session, id);
    message.setFrom(new InternetAddress(server.from(), true));
    recipients(message, RecipientType.TO, email.to());
    recipients(message, RecipientType.CC, email.cc());
    recipients(message, RecipientType.BCC, email.bcc());
    if (!email.replyTo().isEmpty()) {
      message.setReplyTo(email.replyTo().toArray(InternetAddress[]::new));
    }
    message.setSubject(email.subject(), StandardCharsets.UTF_8.name());
    message.setHeader("Date", RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    message.setHeader("Auto-Submitted", "auto-generated");
    content(message, email.text(), email.html());
    message.saveChanges();
    return message;
  }

  private static void content(MimeMessage message, @Nullable String text, @Nullable String html)
      throws MessagingException {
    if (html == null) {
      message.setText(text, StandardCharsets.UTF_8.name());
      return;
    }
    if (text == null) {
      message.setText(html, StandardCharsets.UTF_8.name(), "html");
      return;
    }
    var plain = new MimeBodyPart();
    plain.setText(text, StandardCharsets.UTF_8.name());
    var rich = new MimeBodyPart();
    rich.setText(html, StandardCharsets.UTF_8.name(), "html");
    message.setContent(new MimeMultipart("alternative", plain, rich));
  }

  private static void recipients(
      MimeMessage message, RecipientType type, List<InternetAddress> addresses)
      throws MessagingException {
    message.setRecipients(type, addresses.toArray(InternetAddress[]::new));
  }

  /// Keeps the ID that it was given.
  private static final class Named extends MimeMessage {
    private final String id;

    Named(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
