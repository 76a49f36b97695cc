package io.gradus.service.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.gradus.engine.TenantId;
import io.gradus.integrations.email.MailServer;
import io.gradus.store.ApprovalMails.Mail;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mails as a mail server gets them.
class SmtpMailerTest {
  private static final String NASTY =
      "Ship?\r\nBcc: all@example.org\r\n\r\n<img src=x onerror=alert(1)>";

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SmtpMailer mailer() {
    return new SmtpMailer(
        new MailServer(
            "127.0.0.1",
            server.getSmtp().getPort(),
            MailServer.Security.NONE,
            null,
            null,
            "Gradus <gradus@example.org>",
            null));
  }

  private static Mailer.Message message(String title, String description) {
    var mail =
        new Mail(
            new TenantId(new UUID(0, 1)),
            "000000000007",
            new UUID(0, 2),
            "ben",
            "ben@example.org",
            1,
            title,
            description,
            Instant.parse("2026-11-22T16:20:00Z"));
    return ApprovalNotices.message(mail, URI.create("https://gradus.example.org/"));
  }

  @Test
  void aMailSaysWhatWaitsAndLeadsThere() throws Exception {
    mailer().send(message("Approve the contract with Fjord Print ÄÖ?", "Two years."));

    MimeMessage got = server.getReceivedMessages()[0];
    assertThat(got.getSubject())
        .isEqualTo("Waiting for you: Approve the contract with Fjord Print ÄÖ?");
    assertThat(got.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("ben@example.org");
    assertThat(got.getFrom()[0]).hasToString("Gradus <gradus@example.org>");
    MimeMultipart parts = (MimeMultipart) got.getContent();
    String text = (String) parts.getBodyPart(0).getContent();
    assertThat(text)
        .contains("Two years.")
        .contains("Due 22 November 2026, 16:20 UTC")
        .contains(
            "https://gradus.example.org/t/000000000007/approvals/00000000-0000-0000-0000-000000000002");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
  }

  @Test
  void whatSomebodyWroteIsNeitherAHeaderNorMarkup() throws Exception {
    mailer().send(message(NASTY, NASTY));

    assertThat(server.getReceivedMessages()).hasSize(1);
    MimeMessage got = server.getReceivedMessages()[0];
    List<String> headers = Collections.list(got.getAllHeaderLines());
    assertThat(headers).noneMatch(header -> header.startsWith("Bcc"));
    assertThat(got.getSubject()).startsWith("Waiting for you: Ship? Bcc: all@example.org");
    String html = (String) ((MimeMultipart) got.getContent()).getBodyPart(1).getContent();
    assertThat(html).doesNotContain("<img").contains("&lt;img src=x onerror=alert(1)&gt;");
  }

  @Test
  void anAddressThatIsNoneIsGivenUp() {
    for (String address : List.of("", "ben", "a@x.org, b@x.org", "a@x.org\r\nBcc: b@x.org")) {
      assertThatThrownBy(() -> mailer().send(new Mailer.Message(address, "s", "t", "h")))
          .as(address)
          .isInstanceOfSatisfying(
              Mailer.Unsent.class, unsent -> assertThat(unsent.isForGood()).isTrue());
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() {
    SmtpMailer mailer = mailer();
    server.stop();

    assertThatThrownBy(() -> mailer.send(message("Ship?", "x")))
        .isInstanceOfSatisfying(
            Mailer.Unsent.class, unsent -> assertThat(unsent.isForGood()).isFalse());
  }
}
