package io.gradus.integrations.lambda;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.Patience;
import io.gradus.integrations.TaskRole;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.egress.OpenCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// `lambda:invoke`, with or without a task token, and bare function ARNs. A function's name is
/// looked up in the tenant's registry first, then asked of its Lambda endpoint.
public final class LambdaConnector implements Connector {
  /// The header that carries [TaskInvocation#idempotencyKey] to registered functions.
  public static final String IDEMPOTENCY_KEY = "X-Gradus-Idempotency-Key";

  /// The longest answer of a function, in bytes (AWS: 6 MB and a little).
  static final int MAX_ANSWER = 6_291_556;

  private static final Set<String> RESOURCES =
      Set.of("lambda:invoke", "lambda:invoke.waitForTaskToken");

  private final FunctionRegistry registry;
  private final LambdaEndpoints endpoints;
  private final EgressClient tenantsEgress;
  private final EgressClient operatorsEgress;
  private final OpenCalls calls = new OpenCalls();

  /// Both kinds of functions, each over its own egress.
  ///
  /// @param tenantsEgress reaches what tenants configure
  /// @param operatorsEgress reaches Lambda endpoints that the operator configured
  public LambdaConnector(
      FunctionRegistry registry,
      LambdaEndpoints endpoints,
      EgressClient tenantsEgress,
      EgressClient operatorsEgress) {
    this.registry = registry;
    this.endpoints = endpoints;
    this.tenantsEgress = tenantsEgress;
    this.operatorsEgress = operatorsEgress;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.isLambdaFunction()
        || RESOURCES.contains(resource.resourceType() + ":" + resource.action());
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return calls.run(invocation, call -> call(invocation, call));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    calls.cancel(invocation);
  }

  private TaskOutcome call(TaskInvocation invocation, Call call) {
    InvokeRequest request;
    try {
      request = InvokeRequest.of(invocation.resource(), invocation.arguments());
    } catch (IllegalArgumentException invalid) {
      return Failures.failed(ErrorName.RUNTIME, invalid.getMessage());
    }
    Optional<HttpFunction> registered =
        registry.find(invocation.execution().tenant(), request.function().name());
    if (registered.isPresent()) {
      return send(
          tenantsEgress,
          toFunction(registered.get(), request, invocation),
          request,
          invocation,
          call);
    }
    Optional<LambdaEndpoint> endpoint;
    try {
      endpoint =
          endpoints.find(invocation.execution().tenant(), TaskRole.of(invocation.credentials()));
    } catch (IllegalArgumentException invalid) {
      return Failures.failed(ErrorName.RUNTIME, invalid.getMessage());
    } catch (LambdaEndpoints.Unassumed unassumed) {
      return unassumed.isPassing()
          ? Failures.failed("Lambda.SdkClientException", unassumed.getMessage())
          : Failures.failed(ErrorName.PERMISSIONS, unassumed.getMessage());
    }
    if (endpoint.isPresent()) {
      return send(
          endpoint.get().operators() ? operatorsEgress : tenantsEgress,
          InvokeApi.request(
              endpoint.get(),
              request,
              Patience.of(invocation, HttpFunction.LONGEST),
              MAX_ANSWER,
              Instant.now()),
          request,
          invocation,
          call);
    }
    return notFound(request, invocation);
  }

  private static TaskOutcome send(
      EgressClient egress,
      EgressRequest sent,
      InvokeRequest request,
      TaskInvocation invocation,
      Call call) {
    EgressAnswer answer;
    try {
      answer = egress.send(sent, call);
    } catch (EgressFailure failure) {
      return unanswered(failure, sent.timeout());
    }
    return InvokeAnswer.outcome(invocation.resource(), request, answer);
  }

  private static EgressRequest toFunction(
      HttpFunction function, InvokeRequest request, TaskInvocation invocation) {
    List<Field> headers = request.headers();
    headers.add(new Field(IDEMPOTENCY_KEY, invocation.idempotencyKey()));
    return new EgressRequest(
        "POST",
        function.uri(),
        headers,
        request.payload(),
        Patience.of(invocation, function.timeout()),
        MAX_ANSWER,
        true);
  }

  private static TaskOutcome unanswered(EgressFailure failure, Duration timeout) {
    return switch (failure.kind()) {
      case REFUSED -> Failures.failed(ErrorName.PERMISSIONS, failure.problem());
      case TOO_LONG ->
          functionError(
              "Function.ResponseSizeTooLarge",
              "Response payload size exceeded maximum allowed payload size (%d bytes)."
                  .formatted(MAX_ANSWER));
      case TIMED_OUT ->
          functionError(
              "Sandbox.Timedout",
              "RequestId: %s Error: Task timed out after %d.%02d seconds"
                  .formatted(UUID.randomUUID(), timeout.toSeconds(), timeout.toMillisPart() / 10));
      case UNRESOLVED, UNREACHABLE, BROKEN, CANCELLED ->
          Failures.failed(
              "Lambda.SdkClientException", "Unable to execute HTTP request: " + failure.problem());
    };
  }

  /// What Lambda itself says of a function, in the form of the function's own errors.
  private static TaskOutcome functionError(String type, String message) {
    return Failures.failed(
        type,
        PayloadJson.MAPPER
            .createObjectNode()
            .put("errorType", type)
            .put("errorMessage", message)
            .toString());
  }

  private static TaskOutcome notFound(InvokeRequest request, TaskInvocation invocation) {
    String qualifier = request.qualifier() == null ? "$LATEST" : request.qualifier();
    return Failures.refusedByService(
        "Lambda",
        "ResourceNotFoundException",
        "AWSLambda",
        404,
        "ResourceNotFoundException",
        "Function not found: %s:%s"
            .formatted(request.function().arn(invocation.executionArn()), qualifier),
        UUID.randomUUID().toString());
  }
}
