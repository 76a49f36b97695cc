package io.gradus.service.mail;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Sends mails over SMTP, a connection each.
public final class SmtpMailer implements Mailer {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_SUBJECT = 200;

  private final Session session;
  private final InternetAddress from;

  /// How the connection is secured.
  public enum Security {
    NONE,
    /// In the clear at first, then TLS; without it no mail is sent.
    STARTTLS,
    TLS
  }

  /// A mail server.
  ///
  /// @param user null to send without signing in
  /// @param from the sender's address, perhaps with a name
  public record Server(
      String host,
      int port,
      @Nullable String user,
      @Nullable String password,
      Security security,
      String from) {
    @Override
    public String toString() {
      return "Server[host=" + host + ", port=" + port + ", security=" + security + "]";
    }
  }

  /// @throws IllegalArgumentException if the sender's address is none
  public SmtpMailer(Server server) {
    this.session = session(server);
    try {
      this.from = new InternetAddress(server.from(), true);
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "expected a mail address to send from, found '" + server.from() + "'", e);
    }
  }

  private static Session session(Server server) {
    var properties = new Properties();
    String millis = Long.toString(PATIENCE.toMillis());
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (server.security()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    String user = server.user();
    if (user == null) {
      return Session.getInstance(properties);
    }
    properties.setProperty("mail.smtp.auth", "true");
    String password = server.password() == null ? "" : server.password();
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(user, password);
          }
        });
  }

  @Override
  public void send(Message message) throws Unsent {
    try {
      // Parsed strictly: what is no single address is none, whatever lines it may have.
      InternetAddress[] to = InternetAddress.parse(message.to(), true);
      if (to.length != 1 || to[0].getAddress().indexOf('@') < 1) {
        throw new AddressException("expected one address with its domain");
      }
      var mail = new MimeMessage(session);
      mail.setFrom(from);
      mail.setRecipients(RecipientType.TO, to);
      mail.setSubject(line(message.subject()), StandardCharsets.UTF_8.name());
      mail.setHeader("Date", RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setContent(content(message));
      Transport.send(mail);
    } catch (AddressException e) {
      throw new Unsent("the address is none", true, e);
    } catch (SendFailedException e) {
      boolean refused = e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
      throw new Unsent(String.valueOf(e.getMessage()), refused, e);
    } catch (MessagingException e) {
      throw new Unsent(String.valueOf(e.getMessage()), false, e);
    }
  }

  private static MimeMultipart content(Message message) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(message.text(), StandardCharsets.UTF_8.name());
    var html = new MimeBodyPart();
    html.setText(message.html(), StandardCharsets.UTF_8.name(), "html");
    return new MimeMultipart("alternative", text, html);
  }

  /// One line, whatever it was: no text of a tenant's becomes a header of its own.
  private static String line(String subject) {
    String flat = subject.replaceAll("\\p{Cntrl}+", " ").strip();
    return flat.length() > MAX_SUBJECT ? flat.substring(0, MAX_SUBJECT) : flat;
  }
}
