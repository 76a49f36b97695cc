package io.gradus.integrations.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Certificates;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.email.MailServer.Security;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Mail over TLS, to servers whose certificates are made here.
class EmailTlsTest {
  private static final Certificates OURS = new Certificates("Ours");
  private static final Certificates OTHERS = new Certificates("Others");
  private static final String MAIL =
      "{\"To\": \"ann@example.org\", \"Subject\": \"Hello\", \"Text\": \"It came.\"}";

  private final EgressSockets sockets =
      new EgressSockets(EgressPolicy.parse("127.0.0.0/8,::1/128", Set.of()));

  private TaskOutcome send(MailServer server, EgressSockets by) {
    var connector = new EmailConnector((tenant, name) -> Optional.of(server), by);
    return Invocations.outcome(connector, Invocations.of("arn:aws:states:::email:send", MAIL));
  }

  private static MailServer server(
      String host, int port, Security security, String password, @Nullable String authorities) {
    return new MailServer(
        host, port, security, "gradus", password, "orders@example.org", authorities);
  }

  private static TlsSmtp peer(String host, int days, Security security) throws IOException {
    return new TlsSmtp(OURS.issue(host, days).context(), security == Security.TLS);
  }

  private String cause(MailServer server) {
    TaskOutcome.Failed failed = (TaskOutcome.Failed) send(server, sockets);
    assertThat(failed.error().value()).isEqualTo("Email.ConnectionFailedException");
    return String.valueOf(failed.cause());
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aMailGoesToAServerOfTheTenantsAuthority(Security security) throws IOException {
    try (TlsSmtp peer = peer("localhost", 1, security)) {
      // when
      TaskOutcome outcome =
          send(server("localhost", peer.port(), security, "right", OURS.pem()), sockets);

      // then
      assertThat(outcome).isInstanceOf(TaskOutcome.Succeeded.class);
      assertThat(peer.said).contains("tls It came.", "tls RCPT TO:<ann@example.org>");
      assertThat(peer.said).noneMatch(line -> line.startsWith("plain AUTH"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aWrongPasswordIsToldAsSuch(Security security) throws IOException {
    try (TlsSmtp peer = peer("localhost", 1, security)) {
      TaskOutcome outcome =
          send(server("localhost", peer.port(), security, "wrong", OURS.pem()), sockets);
      assertThat(((TaskOutcome.Failed) outcome).error().value())
          .isEqualTo("Email.AuthenticationFailedException");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void whoIsNotTrustedGetsNoPasswordAndIsToldWhy(Security security) throws IOException {
    try (TlsSmtp good = peer("localhost", 1, security);
        TlsSmtp old = peer("localhost", -1, security)) {
      String peer = "localhost:" + good.port();
      // an authority that this machine does not know, and one that the tenant did not name
      for (String authorities : new String[] {null, OTHERS.pem()}) {
        assertThat(cause(server("localhost", good.port(), security, "right", authorities)))
            .startsWith("The certificate of " + peer + " is of no authority that is trusted here");
      }
      assertThat(cause(server("127.0.0.1", good.port(), security, "right", OURS.pem())))
          .isEqualTo("The certificate of 127.0.0.1:" + good.port() + " is for another host");
      assertThat(cause(server("localhost", old.port(), security, "right", OURS.pem())))
          .startsWith("The certificate of localhost:" + old.port() + " is not valid at this time");
      assertThat(good.said).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aServerWithoutTlsGetsNoMail(Security security) {
    GreenMail plain = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    plain.start();
    try {
      for (String authorities : new String[] {null, OURS.pem()}) {
        int port = plain.getSmtp().getPort();
        assertThat(cause(server("localhost", port, security, "right", authorities)))
            .isEqualTo(
                security == Security.TLS
                    ? "localhost:" + port + " does not speak TLS"
                    : "STARTTLS is required but host does not support STARTTLS");
      }
      assertThat(plain.getReceivedMessages()).isEmpty();
    } finally {
      plain.stop();
    }
  }

  @Test
  void theEgressPolicyHoldsForEachWay() throws IOException {
    try (TlsSmtp peer = peer("localhost", 1, Security.TLS);
        EgressSockets strict = new EgressSockets(EgressPolicy.parse("", Set.of()))) {
      for (Security security : Security.values()) {
        TaskOutcome outcome =
            send(server("localhost", peer.port(), security, "right", OURS.pem()), strict);
        assertThat(((TaskOutcome.Failed) outcome).error().value()).isEqualTo("States.Permissions");
      }
      assertThat(peer.said).isEmpty();
    }
  }
}
