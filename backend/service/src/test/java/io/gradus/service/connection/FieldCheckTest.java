package io.gradus.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCheckTest {
  @Test
  void whatIsLeftOutIsWhatHoldsOtherwise() {
    assertThat(
            FieldCheck.settings(
                ConnectionKind.EMAIL, Map.of("host", " mail.example.org ", "from", "a@b.org")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "host", "mail.example.org",
                "port", "587",
                "security", "STARTTLS",
                "from", "a@b.org"));
  }

  @Test
  void whatDoesNotApplyIsNotKept() {
    assertThat(
            FieldCheck.settings(
                ConnectionKind.HTTP, Map.of("authorization", "NONE", "username", "ann")))
        .containsExactlyEntriesOf(Map.of("authorization", "NONE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EMAIL | from      | a@b.org            | Host must be given (host)
          EMAIL | host      | mail example       | 'mail example' is no host name or address
          EMAIL | host      | a.org/x            | 'a.org/x' is no host name or address
          EMAIL | port      | 0                  | it is a number from 1 to 65535
          EMAIL | port      | 25.5               | it is a number from 1 to 65535
          EMAIL | security  | SSL                | it is one of STARTTLS, TLS, NONE
          EMAIL | none      | x                  | Connections of kind EMAIL have no field 'none'
          EMAIL | password  | x                  | 'password' is a secret: it belongs into secrets
          AWS   | endpoint  | ftp://a.org        | The URL must begin with http:// or https://.
          AWS   | endpoint  | http://u:p@a.org   | The URL must not contain a user name or password.
          AWS   | endpoints | dynamodb           | The URL must begin with http:// or https://.
          AWS   | endpoints | Dynamo=http://a    | each line is service=URL
          AWS   | roleArn   | tasks              | it is such as arn:aws:iam::123456789012:role/tasks
          AWS   | region    | over there         | it is such as us-east-1
          HTTP  | headers   | Host=evil          | 'Host' is no header that can be given
          HTTP  | headers   | Transfer-Encoding=x | 'Transfer-Encoding' is no header that can be given
          HTTP  | headers   | a b=c              | each line is name=value
          HTTP  | hosts     | https://a.org      | 'https://a.org' is no host name or address
          EMAIL | from      | no address here    | it is one address, such as Orders <orders@example.org>
          EMAIL | from      | a@b.org, c@d.org   | it is one address, such as Orders <orders@example.org>
          EMAIL | from      | Orders             | it is one address, such as Orders <orders@example.org>
          EMAIL | authorities | x                | it is 1 to 20 certificates in PEM
          EMAIL | authorities | -----BEGIN PRIVATE KEY----- | it has a private key
          SQL   | authorities | -----BEGIN CERTIFICATE-----eA==-----END CERTIFICATE----- | it is 1 to 20 certificates in PEM
          HTTP  | authorities | x                | it is 1 to 20 certificates in PEM
          SLACK | authorities | -----BEGIN PRIVATE KEY----- | it has a private key
          SQL   | database  | a?sslfactory=x     | it is letters, digits, and . _ ~ -
          """)
  void whatCannotBeIsToldWithItsField(String kind, String field, String value, String problem) {
    Map<String, String> given = new HashMap<>();
    if (!(field.equals("from") && problem.startsWith("Host"))
        && ConnectionKind.valueOf(kind).field("host").isPresent()) {
      given.put("host", "db.example.org");
    }
    if (kind.equals("SQL")) {
      given.put("database", "orders");
    }
    given.put(field, value);
    assertThatThrownBy(() -> FieldCheck.settings(ConnectionKind.valueOf(kind), given))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(problem);
  }

  @Test
  void halfOfAnAccessKeyIsRefused() {
    Map<String, String> id = FieldCheck.settings(ConnectionKind.AWS, Map.of("accessKeyId", "AKIA"));
    Map<String, String> none = FieldCheck.settings(ConnectionKind.AWS, Map.of());
    Map<String, String> secret = Map.of("secretAccessKey", "s");
    assertThatThrownBy(() -> FieldCheck.secrets(ConnectionKind.AWS, id, Map.of(), Map.of(), false))
        .hasMessageStartingWith("An access key ID and its secret access key go together");
    assertThatThrownBy(() -> FieldCheck.secrets(ConnectionKind.AWS, none, secret, Map.of(), false))
        .hasMessageStartingWith("An access key ID and its secret access key go together");
    assertThat(FieldCheck.secrets(ConnectionKind.AWS, id, secret, Map.of(), false))
        .isEqualTo(secret);
    assertThat(FieldCheck.secrets(ConnectionKind.AWS, none, Map.of(), Map.of(), false)).isEmpty();
  }

  @Test
  void aSecretThatHasToBeThereIsAskedFor() {
    Map<String, String> settings =
        FieldCheck.settings(
            ConnectionKind.HTTP, Map.of("authorization", "BASIC", "username", "ann"));
    assertThatThrownBy(
            () -> FieldCheck.secrets(ConnectionKind.HTTP, settings, Map.of(), Map.of(), false))
        .hasMessage("Password must be given (password)");
    assertThatThrownBy(
            () ->
                FieldCheck.secrets(
                    ConnectionKind.HTTP, settings, Map.of("username", "x"), Map.of(), false))
        .hasMessage("'username' is no secret: it belongs into settings");
  }

  @Test
  void secretsOfAnotherAuthorizationGo() {
    Map<String, String> settings =
        FieldCheck.settings(ConnectionKind.HTTP, Map.of("authorization", "NONE"));
    assertThat(
            FieldCheck.secrets(
                ConnectionKind.HTTP,
                settings,
                Map.of(),
                Map.of("password", "old", "secretQuery", "t=1"),
                false))
        .containsExactlyEntriesOf(Map.of("secretQuery", "t=1"));
  }

  @Test
  void charactersThatCannotBePrintedAreRefused() {
    assertThatThrownBy(
            () ->
                FieldCheck.settings(
                    ConnectionKind.EMAIL, Map.of("host", "a", "from", "a@b.org\r\nBcc: x@y.org")))
        .hasMessageContaining("it has characters that cannot be printed");
  }
}
