package io.gradus.service.connection;

import static io.gradus.service.connection.ConnectionField.asked;
import static io.gradus.service.connection.ConnectionField.authorities;
import static io.gradus.service.connection.ConnectionField.choice;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds of connections, and what each is asked for.
public enum ConnectionKind {
  /// AWS itself, or anything that speaks its APIs.
  AWS(
      "AWS",
      "AWS, or anything that speaks its APIs: every task of an AWS service goes through it.",
      asked("region", "Region", ConnectionField.Type.TEXT, "").mandatory().otherwise("us-east-1"),
      asked(
          "accessKeyId",
          "Access key ID",
          ConnectionField.Type.TEXT,
          "Without a key, requests go unsigned."),
      asked("secretAccessKey", "Secret access key", ConnectionField.Type.TEXT, "").sealed(),
      asked(
              "sessionToken",
              "Session token",
              ConnectionField.Type.TEXT,
              "Of a key that does not last.")
          .sealed(),
      asked(
          "roleArn",
          "Role ARN",
          ConnectionField.Type.TEXT,
          "Assumed with the key for every call, and by tasks whose Credentials name it."),
      asked(
              "endpoint",
              "Endpoint",
              ConnectionField.Type.URL,
              "In place of AWS's own, for every service.")
          .leading(),
      asked(
              "endpoints",
              "Endpoints of single services",
              ConnectionField.Type.ENDPOINTS,
              "A line each, such as dynamodb=http://localhost:8000.")
          .leading()),

  /// An HTTP API, for `http:invoke`.
  HTTP(
      "HTTP",
      "An HTTP API: http:invoke tasks name it, and never see its secrets.",
      choice("authorization", "Authorization", "", "NONE", "BASIC", "API_KEY", "OAUTH"),
      asked("username", "User name", ConnectionField.Type.TEXT, "")
          .mandatory()
          .when("authorization", "BASIC"),
      asked("password", "Password", ConnectionField.Type.TEXT, "")
          .sealed()
          .mandatory()
          .when("authorization", "BASIC"),
      asked("keyName", "Header", ConnectionField.Type.TEXT, "The header that carries the key.")
          .mandatory()
          .otherwise("X-Api-Key")
          .when("authorization", "API_KEY"),
      asked("key", "Key", ConnectionField.Type.TEXT, "")
          .sealed()
          .mandatory()
          .when("authorization", "API_KEY"),
      asked(
              "tokenUrl",
              "Token URL",
              ConnectionField.Type.URL,
              "Where client credentials are given for a token.")
          .mandatory()
          .leading()
          .when("authorization", "OAUTH"),
      choice("tokenMethod", "Token method", "", "POST", "GET", "PUT")
          .when("authorization", "OAUTH"),
      asked("clientId", "Client ID", ConnectionField.Type.TEXT, "")
          .mandatory()
          .when("authorization", "OAUTH"),
      asked("clientSecret", "Client secret", ConnectionField.Type.TEXT, "")
          .sealed()
          .mandatory()
          .when("authorization", "OAUTH"),
      asked(
              "tokenParameters",
              "Parameters for the token",
              ConnectionField.Type.PAIRS,
              "A line each, such as scope=orders.read.")
          .when("authorization", "OAUTH"),
      asked(
              "hosts",
              "Only for these hosts",
              ConnectionField.Type.HOSTS,
              "A line each. Without any, tasks may call every host with it.")
          .leading(),
      authorities("The certificate of the API, and of where tokens are given,"),
      asked("headers", "Further headers", ConnectionField.Type.PAIRS, "A line each, name=value."),
      asked(
          "query",
          "Further query parameters",
          ConnectionField.Type.PAIRS,
          "A line each, name=value."),
      asked(
          "body",
          "Further members of the body",
          ConnectionField.Type.PAIRS,
          "A line each, name=value."),
      asked(
              "secretHeaders",
              "Secret headers",
              ConnectionField.Type.PAIRS,
              "A line each, name=value.")
          .sealed(),
      asked(
              "secretQuery",
              "Secret query parameters",
              ConnectionField.Type.PAIRS,
              "A line each, name=value.")
          .sealed(),
      asked(
              "secretBody",
              "Secret members of the body",
              ConnectionField.Type.PAIRS,
              "A line each, name=value.")
          .sealed(),
      asked(
              "testUrl",
              "URL to test with",
              ConnectionField.Type.URL,
              "Called with GET by “Test connection”.")
          .leading()),

  /// A mail server, for `email:send`.
  EMAIL(
      "Mail",
      "A mail server: email:send tasks go through it.",
      asked("host", "Host", ConnectionField.Type.TEXT, "").mandatory().leading(),
      asked("port", "Port", ConnectionField.Type.PORT, "").mandatory().otherwise("587").leading(),
      choice("security", "Security", "", "STARTTLS", "TLS", "NONE").leading(),
      authorities("The server's certificate"),
      asked(
          "username", "User name", ConnectionField.Type.TEXT, "Without one, it is not signed in."),
      asked("password", "Password", ConnectionField.Type.TEXT, "").sealed(),
      asked("from", "Sender", ConnectionField.Type.TEXT, "Such as Orders <orders@example.org>.")
          .mandatory()),

  /// A database, for `sql:query`.
  SQL(
      "SQL",
      "A database: sql:query tasks work on it.",
      asked(
              "driver",
              "Driver",
              ConnectionField.Type.TEXT,
              "postgresql, or the name of a driver that the operator added.")
          .mandatory()
          .otherwise("postgresql")
          .leading(),
      asked("host", "Host", ConnectionField.Type.TEXT, "").mandatory().leading(),
      asked("port", "Port", ConnectionField.Type.PORT, "").mandatory().otherwise("5432").leading(),
      asked("database", "Database", ConnectionField.Type.TEXT, "").mandatory(),
      choice(
              "security",
              "Security",
              "VERIFY checks the server's certificate and name.",
              "VERIFY",
              "ENCRYPT",
              "NONE")
          .leading(),
      authorities("The server's certificate"),
      asked("username", "User name", ConnectionField.Type.TEXT, "").mandatory(),
      asked("password", "Password", ConnectionField.Type.TEXT, "").sealed()),

  /// An incoming webhook of Slack, or of a service that speaks its language, for `slack:post`.
  SLACK(
      "Slack",
      "An incoming webhook of Slack, Mattermost or the like: slack:post tasks write to it.",
      asked(
              "url",
              "Webhook URL",
              ConnectionField.Type.URL,
              "Who knows it may post: it is kept as a secret.")
          .sealed()
          .mandatory(),
      authorities("The server's certificate"));

  private final String label;
  private final String about;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<ConnectionField> fields;

  ConnectionKind(String label, String about, ConnectionField... fields) {
    this.label = label;
    this.about = about;
    this.fields = List.of(fields);
  }

  /// For people.
  public String label() {
    return label;
  }

  /// What it is for, in a sentence.
  public String about() {
    return about;
  }

  /// What it is asked for, in the order of a form.
  public List<ConnectionField> fields() {
    return fields;
  }

  /// The field of that name.
  public Optional<ConnectionField> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /// The fields that apply beside these values, with what holds where nothing is given.
  List<ConnectionField> applying(Map<String, String> values) {
    return fields.stream().filter(field -> field.appliesTo(values)).toList();
  }

  /// The kind of that name, empty where there is none.
  public static Optional<ConnectionKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }
}
