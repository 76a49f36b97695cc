package io.gradus.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Certificates;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.sql.SqlDatabase.Security;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL with a certificate made here, and one without TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SqlTlsTest {
  private static final String RESOURCE = "arn:aws:states:::sql:query";
  private static final Certificates OURS = new Certificates("Ours");
  private static final Certificates OTHERS = new Certificates("Others");

  private EmbeddedPostgres secured;
  private EmbeddedPostgres plain;
  private EgressSockets sockets;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Certificates.Issued issued = OURS.issue("localhost", 1);
    Path certificate = Files.writeString(folder.resolve("server.crt"), issued.certificatePem());
    Path key = Files.writeString(folder.resolve("server.key"), issued.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    secured =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.toString())
            .setServerConfig("ssl_key_file", key.toString())
            .start();
    plain = EmbeddedPostgres.builder().start();
    sockets = new EgressSockets(EgressPolicy.parse("127.0.0.0/8,::1/128", Set.of()));
  }

  @AfterAll
  void stop() throws IOException {
    sockets.close();
    secured.close();
    plain.close();
  }

  private TaskOutcome query(SqlDatabase database) {
    try (var connector =
        new SqlConnector(
            (_, _) -> Optional.of(database), new SqlDrivers(Path.of("none")), sockets)) {
      return Invocations.outcome(
          connector,
          Invocations.of(
              RESOURCE,
              "{\"Statement\": \"select ssl from pg_stat_ssl where pid = pg_backend_pid()\"}"));
    }
  }

  /// As people see it who test the connection: at once, and not after ten seconds of trying.
  private @Nullable String trial(SqlDatabase database) {
    try (var connector =
        new SqlConnector(
            (_, _) -> Optional.of(database), new SqlDrivers(Path.of("none")), sockets)) {
      return connector.trial(database);
    }
  }

  private static SqlDatabase at(
      String host, EmbeddedPostgres server, Security security, @Nullable String authorities) {
    return new SqlDatabase(
        "tls",
        "postgresql",
        host,
        server.getPort(),
        "postgres",
        security,
        "postgres",
        "",
        authorities);
  }

  @Test
  void aDatabaseOfTheTenantsAuthorityIsReached() {
    TaskOutcome outcome = query(at("localhost", secured, Security.VERIFY, OURS.pem()));
    assertThat(Invocations.output(outcome).at("/Rows/0/ssl").asBoolean()).isTrue();
    // One of several is enough, and encryption alone asks for none.
    assertThat(trial(at("localhost", secured, Security.VERIFY, OTHERS.pem() + OURS.pem())))
        .isNull();
    assertThat(trial(at("127.0.0.1", secured, Security.ENCRYPT, null))).isNull();
  }

  @Test
  void whoIsNotTrustedIsNotSpokenToAndItIsSaidWhy() {
    String peer = "localhost:" + secured.getPort();
    for (String authorities : new String[] {null, OTHERS.pem()}) {
      assertThat(trial(at("localhost", secured, Security.VERIFY, authorities)))
          .startsWith("The certificate of " + peer + " is of no authority that is trusted here");
    }
    assertThat(trial(at("127.0.0.1", secured, Security.VERIFY, OURS.pem())))
        .isEqualTo("The certificate of 127.0.0.1:" + secured.getPort() + " is for another host");
    assertThat(trial(at("localhost", plain, Security.VERIFY, OURS.pem())))
        .isEqualTo("localhost:" + plain.getPort() + " does not speak TLS");
    assertThat(trial(at("localhost", plain, Security.ENCRYPT, null)))
        .isEqualTo("localhost:" + plain.getPort() + " does not speak TLS");
  }

  @Test
  void aTaskFailsWithTheSameSentence() {
    // A pool has it as a cause, after ten seconds of trying.
    var failed =
        SqlFailures.of(
            new SQLTransientConnectionException(
                "sql x - Connection is not available",
                new SQLException(
                    "SSL error", "08006", new SSLHandshakeException("no shared cipher"))),
            "db:5432");
    assertThat(failed.error().value()).isEqualTo("Sql.ConnectionFailedException");
    assertThat(failed.cause()).isEqualTo("The TLS handshake with db:5432 failed: no shared cipher");
  }
}
