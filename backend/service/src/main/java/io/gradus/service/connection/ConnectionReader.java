package io.gradus.service.connection;

import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.email.MailServer;
import io.gradus.integrations.http.Connection.Authorization;
import io.gradus.integrations.http.Connection.Parameter;
import io.gradus.integrations.slack.SlackHooks;
import io.gradus.integrations.sql.SqlDatabase;
import io.gradus.service.connection.ConnectionVault.Opened;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was written down of a connection, as the integration reads it that calls by it. All of it
/// was checked when it was written.
final class ConnectionReader {
  private ConnectionReader() {}

  static AwsConnection aws(Opened opened) {
    Map<String, URI> endpoints = new HashMap<>();
    FieldCheck.pairs(opened.value("endpoints"))
        .forEach((service, uri) -> endpoints.put(sdkName(service), URI.create(uri)));
    String id = opened.optional("accessKeyId");
    String secret = opened.optional("secretAccessKey");
    String endpoint = opened.optional("endpoint");
    return new AwsConnection(
        opened.id(),
        opened.value("region"),
        endpoint == null ? null : URI.create(endpoint),
        endpoints,
        id == null || secret == null
            ? null
            : new AwsConnection.Keys(id, secret, opened.optional("sessionToken")),
        opened.optional("roleArn"),
        false);
  }

  /// The SDK's packages have no dashes; and what a resource ARN calls `events` is EventBridge
  /// there.
  private static String sdkName(String service) {
    String plain = service.replace("-", "");
    return plain.equals("events") ? "eventbridge" : plain;
  }

  static io.gradus.integrations.http.Connection http(Opened opened) {
    return new io.gradus.integrations.http.Connection(
        authorization(opened),
        FieldCheck.lines(opened.value("hosts")).stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        parameters(opened, "headers", "secretHeaders"),
        parameters(opened, "query", "secretQuery"),
        parameters(opened, "body", "secretBody"),
        opened.optional("authorities"));
  }

  private static Authorization authorization(Opened opened) {
    return switch (opened.value("authorization")) {
      case "BASIC" -> new Authorization.Basic(opened.value("username"), opened.value("password"));
      case "API_KEY" -> new Authorization.ApiKey(opened.value("keyName"), opened.value("key"));
      case "OAUTH" ->
          new Authorization.OAuthClient(
              URI.create(opened.value("tokenUrl")),
              opened.value("tokenMethod"),
              opened.value("clientId"),
              opened.value("clientSecret"),
              List.of(),
              List.of(),
              parameters(opened, "tokenParameters", null));
      default -> new Authorization.None();
    };
  }

  private static List<Parameter> parameters(Opened opened, String open, @Nullable String secret) {
    List<Parameter> all = new ArrayList<>();
    FieldCheck.pairs(opened.value(open))
        .forEach((name, value) -> all.add(new Parameter(name, value, false)));
    if (secret != null) {
      FieldCheck.pairs(opened.value(secret))
          .forEach((name, value) -> all.add(new Parameter(name, value, true)));
    }
    return all;
  }

  static MailServer mail(Opened opened) {
    return new MailServer(
        opened.value("host"),
        Integer.parseInt(opened.value("port")),
        MailServer.Security.valueOf(opened.value("security")),
        opened.optional("username"),
        opened.optional("password"),
        opened.value("from"),
        opened.optional("authorities"));
  }

  static SqlDatabase sql(Opened opened) {
    return new SqlDatabase(
        opened.id(),
        opened.value("driver"),
        opened.value("host"),
        Integer.parseInt(opened.value("port")),
        opened.value("database"),
        SqlDatabase.Security.valueOf(opened.value("security")),
        opened.value("username"),
        opened.optional("password"),
        opened.optional("authorities"));
  }

  static SlackHooks.Hook slack(Opened opened) {
    return new SlackHooks.Hook(URI.create(opened.value("url")), opened.optional("authorities"));
  }
}
