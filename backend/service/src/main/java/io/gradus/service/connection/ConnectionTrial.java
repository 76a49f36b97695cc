package io.gradus.service.connection;

import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.email.EmailConnector;
import io.gradus.integrations.http.HttpConnector;
import io.gradus.integrations.slack.SlackConnector;
import io.gradus.integrations.sql.SqlConnector;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.connection.ConnectionVault.Opened;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// Tries a connection, as it is or as it shall be, before tasks depend on it.
public final class ConnectionTrial {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MAX_ANSWER = 64 * 1024;

  private final ConnectionService connections;
  private final Means means;
  private final AuditTrail audit;

  /// What calls by each kind.
  ///
  /// @param egress held to the policy for what tenants configure
  public record Means(
      AwsCalls aws,
      HttpConnector http,
      EmailConnector email,
      SqlConnector sql,
      SlackConnector slack,
      EgressClient egress) {}

  /// What came of a trial.
  ///
  /// @param good whether tasks would get through
  /// @param told what was found, in a sentence
  public record Result(boolean good, String told, Duration took) {}

  public ConnectionTrial(ConnectionService connections, Means means, AuditTrail audit) {
    this.connections = connections;
    this.means = means;
    this.audit = audit;
  }

  /// Tries a connection as it is kept.
  public Result test(Caller caller, String name) {
    Access.require(caller, Permission.ADMINISTER, "TestConnection", name);
    Connection kept = connections.describe(caller, name);
    return test(
        caller,
        new Connection.Draft(name, kept.kind(), kept.isDefault(), kept.settings(), Map.of()));
  }

  /// Tries a connection as it would be kept. Blocks for up to some fifteen seconds a step.
  public Result test(Caller caller, Connection.Draft draft) {
    Access.require(caller, Permission.ADMINISTER, "TestConnection", draft.name());
    Map<String, String> settings = FieldCheck.settings(draft.kind(), draft.settings());
    Map<String, String> values = new TreeMap<>(settings);
    values.putAll(
        connections.secrets(
            caller.tenant(),
            draft,
            settings,
            connections.stored(caller, draft.name()).orElse(null)));
    audit.record(caller, "TestConnection", draft.name());
    Opened opened = new Opened("trial/" + UUID.randomUUID(), draft.name(), draft.kind(), values);
    long from = System.nanoTime();
    Found found = tried(opened);
    return new Result(found.good(), found.told(), Duration.ofNanos(System.nanoTime() - from));
  }

  private record Found(boolean good, String told) {
    static Found of(@Nullable String problem, String otherwise) {
      return problem == null ? new Found(true, otherwise) : new Found(false, problem);
    }
  }

  private Found tried(Opened opened) {
    return switch (opened.kind()) {
      case AWS -> aws(ConnectionReader.aws(opened));
      case HTTP -> http(opened);
      case EMAIL ->
          Found.of(
              means.email().trial(ConnectionReader.mail(opened)),
              "The mail server takes mails from here");
      case SQL -> Found.of(means.sql().trial(ConnectionReader.sql(opened)), "The database answers");
      case SLACK ->
          Found.of(
              means
                  .slack()
                  .trial(
                      ConnectionReader.slack(opened),
                      "This is a test of the connection “" + opened.name() + "” of Gradus."),
              "A test message was posted");
    };
  }

  private Found aws(AwsConnection connection) {
    if (connection.endpoint() == null && !connection.endpoints().isEmpty()) {
      return standIns(connection);
    }
    try {
      return new Found(true, "AWS knows it as " + means.aws().identity(connection, PATIENCE));
    } catch (SdkException e) {
      return new Found(false, String.valueOf(e.getMessage()));
    }
  }

  /// What stands in for single services need not know STS; that they answer at all is what counts.
  private Found standIns(AwsConnection connection) {
    for (Map.Entry<String, URI> service : connection.endpoints().entrySet()) {
      try {
        get(service.getValue(), List.of());
      } catch (EgressFailure failure) {
        return new Found(false, service.getKey() + ": " + failure.problem());
      }
    }
    return new Found(
        true, "There are answers from " + String.join(", ", connection.endpoints().keySet()));
  }

  private Found http(Opened opened) {
    io.gradus.integrations.http.Connection connection = ConnectionReader.http(opened);
    String url = opened.optional("testUrl");
    if (url == null) {
      if (connection.authorization()
          instanceof io.gradus.integrations.http.Connection.Authorization.OAuthClient client) {
        return Found.of(means.http().trial(client, connection.authorities()), "A token was given");
      }
      return new Found(false, "Give a URL to test with: without one there is nothing to call");
    }
    return Found.of(means.http().trial(connection, URI.create(url)), "The API answers");
  }

  private EgressAnswer get(URI uri, List<Field> headers) throws EgressFailure {
    return means
        .egress()
        .send(
            new EgressRequest("GET", uri, headers, new byte[0], PATIENCE, MAX_ANSWER, true),
            new Call());
  }
}
