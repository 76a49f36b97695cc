package io.gradus.integrations.http;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.ExchangeObserver;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.Patience;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.egress.OpenCalls;
import io.gradus.integrations.http.Connection.Authorization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// `http:invoke`. Redirects are not followed: a redirect is an answer of its own
/// (`States.Http.StatusCode.302`), and secrets go only where the definition says.
public final class HttpConnector implements Connector {
  /// As long as AWS lets an HTTP Task wait.
  static final Duration LIMIT = Duration.ofSeconds(60);

  /// Longest answer that is read, in bytes; what a tenant may keep of it is the engine's question.
  static final int MAX_ANSWER = 6 * 1024 * 1024;

  private static final Duration TRIAL = Duration.ofSeconds(15);
  private static final int FIRST_ERROR = 400;

  private final Connections connections;
  private final EgressClient egress;
  private final OAuthTokens tokens;
  private final OpenCalls calls = new OpenCalls();

  /// Calls out by the tenants' egress alone.
  ///
  /// @param egress held to the policy for what tenants configure
  public HttpConnector(Connections connections, EgressClient egress, Clock clock) {
    this.connections = connections;
    this.egress = egress;
    this.tokens = new OAuthTokens(egress, clock);
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals("http") && resource.action().equals("invoke");
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return calls.run(invocation, call -> call(invocation, call, null));
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation, ExchangeObserver observer) {
    return calls.run(invocation, call -> call(invocation, call, observer));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    calls.cancel(invocation);
  }

  private TaskOutcome call(
      TaskInvocation invocation, Call call, @Nullable ExchangeObserver observer) {
    try {
      HttpParameters task = HttpParameters.parse(invocation.arguments().json());
      Connection connection = connection(invocation, task);
      TaskOutcome outcome = exchange(invocation, task, connection, call, observer);
      if (connection != null
          && connection.authorization() instanceof Authorization.OAuthClient client
          && outcome instanceof TaskOutcome.Failed failed
          && failed.error().value().equals("States.Http.StatusCode.401")) {
        // The token may have been revoked before its time; a fresh one decides.
        tokens.forget(client);
        return exchange(invocation, task, connection, call, observer);
      }
      return outcome;
    } catch (HttpFault fault) {
      return fault.outcome();
    }
  }

  private @Nullable Connection connection(TaskInvocation invocation, HttpParameters task)
      throws HttpFault {
    String arn = task.connectionArn();
    if (arn == null) {
      return null;
    }
    Connection connection =
        connections
            .find(invocation.execution().tenant(), arn)
            .orElseThrow(
                () ->
                    new HttpFault(
                        "Events.ConnectionResource.ResourceNotFound",
                        "Connection '" + arn + "' does not exist."));
    String host = task.endpoint().getHost();
    if (!connection.isFor(host)) {
      throw new HttpFault(
          "States.Permissions", "Connection '" + arn + "' may not be used to call " + host + ".");
    }
    return connection;
  }

  /// Has an OAuth client fetch a token that is not kept yet.
  ///
  /// @param client whose token is fetched anew
  /// @param authorities trusted for it; null for those that the machine trusts
  /// @return what is wrong, null for nothing
  public @Nullable String trial(Authorization.OAuthClient client, @Nullable String authorities) {
    tokens.forget(client);
    try {
      tokens.token(client, authorities, new Call());
      return null;
    } catch (HttpFault fault) {
      return fault.getMessage();
    }
  }

  /// Calls an API with a connection, by GET.
  ///
  /// @return what is wrong, null for nothing: it answered, and not with an error
  public @Nullable String trial(Connection connection, URI uri) {
    if (!connection.isFor(uri.getHost())) {
      return "The connection may not be used to call " + uri.getHost();
    }
    HttpParameters get = new HttpParameters(uri, "GET", null, Map.of(), null, null, null);
    try {
      EgressRequest request =
          HttpMessage.of(
              get,
              connection.withoutBody(),
              authorization(connection, new Call()),
              "",
              "",
              TRIAL,
              MAX_ANSWER);
      int status = egress.send(request, new Call(), connection.authorities()).status();
      return status < FIRST_ERROR ? null : uri.getHost() + " answered with HTTP status " + status;
    } catch (HttpFault fault) {
      return fault.getMessage();
    } catch (EgressFailure failure) {
      return failure.problem();
    }
  }

  private TaskOutcome exchange(
      TaskInvocation invocation,
      HttpParameters task,
      @Nullable Connection connection,
      Call call,
      @Nullable ExchangeObserver observer)
      throws HttpFault {
    List<Field> authorization = connection == null ? List.of() : authorization(connection, call);
    List<String> secrets = new ArrayList<>();
    if (connection != null) {
      secrets.addAll(connection.secrets());
      authorization.forEach(field -> secrets.add(field.value()));
      authorization.forEach(field -> secrets.add(withoutScheme(field.value())));
    }
    Redaction redaction = new Redaction(secrets);
    EgressRequest request =
        HttpMessage.of(
            task,
            connection,
            authorization,
            region(invocation),
            invocation.idempotencyKey(),
            Patience.of(invocation, LIMIT),
            MAX_ANSWER);
    HttpExchange exchange = observer == null ? null : new HttpExchange(observer, redaction);
    if (exchange != null) {
      exchange.sent(request);
    }
    EgressAnswer answer;
    try {
      answer = egress.send(request, call, connection == null ? null : connection.authorities());
    } catch (EgressFailure failure) {
      return unanswered(failure);
    }
    if (exchange != null) {
      exchange.received(request, answer);
    }
    return HttpAnswer.outcome(answer, redaction);
  }

  private List<Field> authorization(Connection connection, Call call) throws HttpFault {
    return switch (connection.authorization()) {
      case Authorization.None _ -> List.of();
      case Authorization.ApiKey key -> List.of(new Field(key.name(), key.value()));
      case Authorization.Basic basic ->
          List.of(
              new Field(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString(
                              (basic.username() + ":" + basic.password())
                                  .getBytes(StandardCharsets.UTF_8))));
      case Authorization.OAuthClient client ->
          List.of(
              new Field(
                  "Authorization",
                  "Bearer " + tokens.token(client, connection.authorities(), call)));
    };
  }

  private static String withoutScheme(String authorization) {
    return authorization.substring(authorization.indexOf(' ') + 1);
  }

  private static String region(TaskInvocation invocation) {
    String[] parts = invocation.executionArn().split(":", 5);
    return parts.length == 5 ? parts[3] : "";
  }

  private static TaskOutcome unanswered(EgressFailure failure) {
    return switch (failure.kind()) {
      case REFUSED -> Failures.failed(ErrorName.PERMISSIONS, failure.problem());
      case TOO_LONG ->
          Failures.failed(
              ErrorName.DATA_LIMIT_EXCEEDED,
              "The state/task 'http' returned a result with a size exceeding the maximum number of"
                  + " bytes service limit.");
      case UNRESOLVED, UNREACHABLE, TIMED_OUT, BROKEN, CANCELLED ->
          Failures.failed("States.Http.Socket", failure.problem());
    };
  }
}
