package io.gradus.service.mail;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.gradus.integrations.email.MailServer;
import io.gradus.integrations.email.SmtpSessions;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
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

/// Sends mails over SMTP, a connection each.
public final class SmtpMailer implements Mailer {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_SUBJECT = 200;

  private final MailServer server;
  private final Session session;
  private final InternetAddress from;

  /// @throws IllegalArgumentException if the sender's address is none
  public SmtpMailer(MailServer server) {
    this.server = server;
    this.session = SmtpSessions.of(server, PATIENCE, null);
    try {
      this.from = new InternetAddress(server.from(), true);
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "expected a mail address to send from, found '" + server.from() + "'", e);
    }
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
      mail.saveChanges();
      try (Transport transport = session.getTransport()) {
        transport.connect(server.host(), server.port(), server.username(), server.password());
        transport.sendMessage(mail, to);
      }
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
