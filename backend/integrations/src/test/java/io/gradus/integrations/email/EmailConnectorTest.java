package io.gradus.integrations.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.egress.EgressSockets;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailConnectorTest {
  private static final String MAIL =
      """
      {"To": ["Ann <ann@example.org>", "bob@example.org"], "Cc": "cid@example.org",
       "Bcc": "dan@example.org", "ReplyTo": "desk@example.org",
       "Subject": "Order 7\\r\\nBcc: evil@example.org", "Text": "Grüße"}""";

  private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private EgressSockets sockets = new EgressSockets(EgressPolicy.parse("127.0.0.0/8", Set.of()));

  @BeforeEach
  void start() {
    smtp.setUser("gradus@example.org", "gradus", "right");
    smtp.start();
  }

  @AfterEach
  void stop() {
    smtp.stop();
    sockets.close();
  }

  private MailServer server(int port, @Nullable String password) {
    return new MailServer(
        "127.0.0.1",
        port,
        MailServer.Security.NONE,
        password == null ? null : "gradus",
        password,
        "Orders <orders@example.org>",
        null);
  }

  private TaskOutcome send(MailServer server, String arguments) {
    var connector =
        new EmailConnector(
            (tenant, name) -> name == null ? Optional.of(server) : Optional.empty(), sockets);
    return Invocations.outcome(connector, Invocations.of("arn:aws:states:::email:send", arguments));
  }

  @Test
  void aMailIsSentToAllOfItsRecipients() throws Exception {
    // when
    TaskOutcome outcome = send(server(smtp.getSmtp().getPort(), "right"), MAIL);

    // then
    String id = Invocations.output(outcome).path("MessageId").stringValue();
    MimeMessage[] received = smtp.getReceivedMessages();
    assertThat(received).hasSize(4);
    MimeMessage mail = received[0];
    assertThat(mail.getHeader("Message-ID")).containsExactly(id);
    assertThat(mail.getSubject()).isEqualTo("Order 7 Bcc: evil@example.org");
    assertThat(mail.getHeader("From")).containsExactly("Orders <orders@example.org>");
    assertThat(mail.getHeader("Reply-To")).containsExactly("desk@example.org");
    assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(2);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getContent().toString().strip()).isEqualTo("Grüße");
  }

  @Test
  void textAndHtmlAreOfferedTogether() throws Exception {
    send(
        server(smtp.getSmtp().getPort(), null),
        "{\"To\": \"a@b.org\", \"Subject\": \"s\", \"Text\": \"t\", \"Html\": \"<b>t</b>\"}");
    MimeMultipart parts = (MimeMultipart) smtp.getReceivedMessages()[0].getContent();
    assertThat(parts.getContentType()).contains("multipart/alternative");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<b>t</b>");
  }

  @Test
  void theSameAttemptHasTheSameId() {
    MailServer server = server(smtp.getSmtp().getPort(), null);
    String arguments = "{\"To\": \"a@b.org\", \"Subject\": \"s\", \"Text\": \"t\"}";
    assertThat(Invocations.output(send(server, arguments)))
        .isEqualTo(Invocations.output(send(server, arguments)));
  }

  @Test
  void aWrongPasswordIsTold() {
    TaskOutcome.Failed failed =
        Invocations.failed(send(server(smtp.getSmtp().getPort(), "wrong-password"), MAIL));
    assertThat(failed.error().value()).isEqualTo("Email.AuthenticationFailedException");
    assertThat(failed.cause()).doesNotContain("wrong-password");
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 no such mailbox, Email.MessageRejectedException",
    "451 4.7.1 try again later, Email.TemporaryFailureException"
  })
  void whatTheServerRefusesHasAName(String answer, String error) throws IOException {
    try (Refusing server = new Refusing(answer)) {
      TaskOutcome.Failed failed = Invocations.failed(send(server(server.port(), null), MAIL));
      assertThat(failed.error().value()).isEqualTo(error);
      assertThat(failed.cause()).contains(answer.substring(4));
    }
  }

  @Test
  void whoIsNotReachedIsTold() {
    assertThat(Invocations.failed(send(server(1, null), MAIL)).error().value())
        .isEqualTo("Email.ConnectionFailedException");
  }

  @Test
  void thePolicyHoldsForMailServers() {
    sockets.close();
    sockets = new EgressSockets(EgressPolicy.parse("", Set.of()));
    TaskOutcome.Failed failed =
        Invocations.failed(send(server(smtp.getSmtp().getPort(), null), MAIL));
    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause()).contains("The egress policy does not allow");
    assertThat(smtp.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Subject": "s", "Text": "t"}                              | The field 'To' is required but was missing
          {"To": "a@b.org", "Text": "t"}                             | The field 'Subject' is required but was missing
          {"To": "a@b.org", "Subject": "s"}                          | One of the fields 'Text' and 'Html' is required
          {"To": "nobody", "Subject": "s", "Text": "t"}              | The value 'nobody' for the field 'To' is not one mail address
          {"To": ["a@b.org, c@d.org"], "Subject": "s", "Text": "t"}  | The value 'a@b.org, c@d.org' for the field 'To' is not one mail address
          {"To": [1], "Subject": "s", "Text": "t"}                   | The value for the field 'To' must be a STRING or a list of them
          {"To": "a@b.org", "Subject": "s", "Text": "t", "From": "x@y.org"} | The field 'From' is not supported
          []                                                         | The arguments must be an object
          """)
  void whatCannotBeSentIsTold(String arguments, String cause) {
    TaskOutcome.Failed failed = Invocations.failed(send(server(1, null), arguments));
    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).startsWith(cause);
  }

  @Test
  void aConnectionThatIsNotThereIsTold() {
    TaskOutcome.Failed failed =
        Invocations.failed(
            send(
                server(1, null),
                "{\"Connection\": \"none\", \"To\": \"a@b.org\", \"Subject\": \"s\", \"Text\": \"t\"}"));
    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause()).isEqualTo("This tenant has no mail connection 'none'");
  }
}
