package io.gradus.integrations.aws;

import io.gradus.engine.TenantId;
import io.gradus.integrations.CallMeter;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls of AWS services from JSON to JSON, through a tenant's connection.
public final class AwsCalls implements AutoCloseable {
  private static final String STS = "Sts";
  private static final int SERVER_ERROR = 500;

  private final AwsConnections connections;
  private final AwsServices services;
  private final AwsClients clients;
  private final EgressClient tenantsEgress;
  private final CallMeter meter;

  /// A call.
  ///
  /// @param service as the SDK's packages are named
  /// @param operation as its client names it (`putItem`)
  /// @param role assumed for it; null for the connection's own
  /// @param repeat makes a call that is made again known to services that can tell
  /// @param timeout of each request
  record Request(
      TenantId tenant,
      String service,
      String operation,
      JsonNode json,
      @Nullable String role,
      MemberNames names,
      String repeat,
      Duration timeout) {}

  /// What came of it.
  sealed interface Result {
    /// @param response tells of the HTTP that it came by
    record Given(ObjectNode json, AwsResponse response) implements Result {}

    /// The author's to mend.
    record Invalid(String problem) implements Result {}

    /// The tenant has no AWS connection.
    enum Unconnected implements Result {
      UNCONNECTED
    }

    /// The service says no.
    ///
    /// @param serviceId as the SDK calls the service
    record Refused(String serviceId, AwsServiceException exception) implements Result {}

    /// The role that the call should be made in was not given to the connection.
    record Unassumed(String problem) implements Result {}

    /// The service was not reached, or what it said was no answer.
    ///
    /// @param kind null where it was reached
    record Unreached(String serviceId, EgressFailure.@Nullable Kind kind, String problem)
        implements Result {}
  }

  /// @param loader of the SDK's clients
  /// @param tenantsEgress for connections that tenants configure
  /// @param operatorsEgress for those of the operator
  /// @param meter is told of every call that was made
  public AwsCalls(
      AwsConnections connections,
      ClassLoader loader,
      EgressClient tenantsEgress,
      EgressClient operatorsEgress,
      CallMeter meter) {
    this.meter = meter;
    this.connections = connections;
    this.services = new AwsServices(loader);
    this.tenantsEgress = tenantsEgress;
    this.clients = new AwsClients(tenantsEgress, operatorsEgress);
  }

  /// Blocks until it is answered; meant for virtual threads.
  Result make(Request request, Call call) {
    return make(request, () -> way(request.tenant(), request.role()), call);
  }

  /// The same through a connection that was chosen for it, whichever the tenant's tasks call by.
  Result make(AwsConnection connection, Request request, Call call) {
    return make(request, () -> Optional.of(new InRole(connection, request.role())), call);
  }

  private Result make(Request request, Supplier<Optional<InRole>> ways, Call call) {
    Optional<AwsService> service = services.find(request.service());
    if (service.isEmpty()) {
      return new Result.Invalid(
          "The service '" + request.service() + "' is not there: no AWS SDK client of that name");
    }
    Optional<AwsOperation> operation = service.get().operation(request.operation());
    if (operation.isEmpty()) {
      return new Result.Invalid(
          "The service '" + request.service() + "' has no action '" + request.operation() + "'");
    }
    Optional<InRole> way = ways.get();
    if (way.isEmpty()) {
      return Result.Unconnected.UNCONNECTED;
    }
    SdkPojo builder = operation.get().builder();
    try {
      RequestJson.fill(
          builder, request.json(), operation.get().streamsIn() ? AwsOperation.BODY : null);
    } catch (IllegalArgumentException e) {
      return new Result.Invalid(String.valueOf(e.getMessage()));
    }
    Repeats.mark(builder, request.json(), request.repeat());
    JsonNode body = request.json().path(AwsOperation.BODY);
    long from = System.nanoTime();
    Result result =
        made(
            request,
            way.get(),
            service.get(),
            operation.get(),
            ((Buildable) builder).build(),
            body.isMissingNode() || body.isNull()
                ? SdkBytes.fromByteArray(new byte[0])
                : RequestJson.bytes(body),
            call);
    meter.called(
        service.get().name(),
        operation.get().method().getName(),
        outcome(result),
        Duration.ofNanos(System.nanoTime() - from));
    return result;
  }

  /// Whether a name that a tenant wrote leads anywhere. Blocks for a few seconds at most.
  boolean resolves(String host) {
    return tenantsEgress.resolves(host);
  }

  /// What came of a call, in a word for metrics.
  private static String outcome(Result result) {
    return switch (result) {
      case Result.Given _ -> "succeeded";
      case Result.Refused refused when refused.exception().isThrottlingException() -> "throttled";
      case Result.Refused refused ->
          refused.exception().statusCode() >= SERVER_ERROR ? "server-error" : "refused";
      case Result.Unassumed _ -> "role-refused";
      case Result.Unreached _ -> "unreached";
      case Result.Invalid _ -> "invalid";
      case Result.Unconnected _ -> "unconnected";
    };
  }

  private Result made(
      Request request,
      InRole way,
      AwsService service,
      AwsOperation operation,
      Object sent,
      SdkBytes body,
      Call call) {
    try {
      AwsOperation.Answer answer =
          ScopedValue.where(
                  EgressHttpClient.CURRENT, new EgressHttpClient.Exchange(call, request.timeout()))
              .call(
                  () ->
                      operation.call(
                          clients.find(way.connection(), way.role(), service), sent, body));
      ObjectNode json = AnswerJson.of((SdkPojo) answer.response(), request.names());
      if (answer.body() != null) {
        json.put(AwsOperation.BODY, AnswerJson.text(answer.body()));
      }
      return new Result.Given(json, (AwsResponse) answer.response());
    } catch (StsException e) {
      return service.id().equals(STS) || isPassing(e)
          ? new Result.Refused(STS, e)
          : new Result.Unassumed("The role of this call could not be assumed: " + e.getMessage());
    } catch (AwsServiceException e) {
      return new Result.Refused(service.id(), e);
    } catch (SdkClientException e) {
      return unreached(service, e);
    }
  }

  /// Calls a service by its own client, for what JSON would not do: bytes that are sent or
  /// answered. Blocks; meant for virtual threads.
  ///
  /// @return empty where the tenant has no connection
  /// @throws SdkException as the SDK says it
  <T> Optional<T> by(
      TenantId tenant, String service, Duration timeout, Function<SdkClient, T> work) {
    AwsService found =
        services
            .find(service)
            .orElseThrow(() -> new IllegalStateException("expected a client of " + service));
    return way(tenant, null)
        .map(
            way ->
                within(
                    timeout, () -> work.apply(clients.find(way.connection(), way.role(), found))));
  }

  /// A connection, and the role that is still to be assumed through it.
  private record InRole(AwsConnection connection, @Nullable String role) {}

  private Optional<InRole> way(TenantId tenant, @Nullable String role) {
    Optional<AwsConnection> there =
        role == null ? Optional.empty() : connections.inRole(tenant, role);
    return there.isPresent()
        ? there.map(connection -> new InRole(connection, null))
        : connections.find(tenant).map(connection -> new InRole(connection, role));
  }

  /// The keys that a tenant's calls are signed with now, those of a role among them.
  ///
  /// @param role as a task's `Credentials` name it; null for the connection's own
  /// @return empty where the tenant has no connection
  /// @throws SdkException if a role could not be assumed
  public Optional<Signing> signing(TenantId tenant, @Nullable String role, Duration timeout) {
    return way(tenant, role)
        .map(
            way ->
                within(
                    timeout,
                    () ->
                        new Signing(way.connection(), clients.keys(way.connection(), way.role()))));
  }

  /// A connection and its keys of now.
  ///
  /// @param keys null where requests go unsigned
  public record Signing(AwsConnection connection, AwsConnection.@Nullable Keys keys) {}

  /// Who a connection is, as AWS tells it.
  ///
  /// @return an ARN
  /// @throws SdkException if AWS does not know it or is not reached
  public String identity(AwsConnection connection, Duration timeout) {
    return within(timeout, () -> clients.identity(connection));
  }

  private static <T> T within(Duration timeout, Supplier<T> work) {
    return ScopedValue.where(
            EgressHttpClient.CURRENT, new EgressHttpClient.Exchange(new Call(), timeout))
        .call(work::get);
  }

  /// Whether the same call may be answered later.
  public static boolean isPassing(AwsServiceException e) {
    return e.statusCode() >= SERVER_ERROR || e.isThrottlingException();
  }

  private static Result unreached(AwsService service, SdkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EgressHttpClient.NoAnswer none) {
        return new Result.Unreached(service.id(), none.kind(), String.valueOf(none.getMessage()));
      }
    }
    return new Result.Unreached(service.id(), null, String.valueOf(e.getMessage()));
  }

  @Override
  public void close() {
    clients.close();
  }
}
