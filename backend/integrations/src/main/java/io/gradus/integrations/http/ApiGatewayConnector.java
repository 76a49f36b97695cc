package io.gradus.integrations.http;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `apigateway:invoke`, with or without a task token: an API of Amazon API Gateway, by its host and
/// stage. With `AuthType` `IAM_ROLE` the request is signed by the tenant's AWS connection. A status
/// other than 2xx is the error `ApiGateway.<status>`.
public final class ApiGatewayConnector implements Connector {
  /// As long as API Gateway itself waits for what is behind it, and a little more.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int MAX_ANSWER = 6 * 1024 * 1024;
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final ApiSigner signer;
  private final EgressClient egress;
  private final OpenCalls calls = new OpenCalls();

  /// Signs requests by a tenant's AWS connection.
  @FunctionalInterface
  public interface ApiSigner {
    /// The fields with those of the signature added.
    ///
    /// @param role of the task's `Credentials`; null for none
    /// @throws Unsigned if it cannot be signed, with a sentence
    List<Field> sign(TaskInvocation invocation, EgressRequest request, @Nullable String role)
        throws Unsigned;
  }

  /// A request could not be signed.
  public static final class Unsigned extends Exception {
    private static final long serialVersionUID = 1L;

    public Unsigned(String problem) {
      super(problem);
    }
  }

  /// @param egress held to the policy for what tenants configure
  public ApiGatewayConnector(ApiSigner signer, EgressClient egress) {
    this.signer = signer;
    this.egress = egress;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals("apigateway");
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
    try {
      ApiGatewayParameters task = ApiGatewayParameters.parse(invocation.arguments().json());
      EgressRequest request = request(task, Patience.of(invocation, LIMIT));
      if (task.signed()) {
        request = signed(invocation, request);
      }
      return outcome(egress.send(request, call));
    } catch (HttpFault fault) {
      return fault.outcome();
    } catch (EgressFailure failure) {
      return switch (failure.kind()) {
        case REFUSED -> Failures.failed(ErrorName.PERMISSIONS, failure.problem());
        case TOO_LONG ->
            Failures.failed(
                ErrorName.DATA_LIMIT_EXCEEDED,
                "The state/task 'apigateway' returned a result with a size exceeding the maximum"
                    + " number of bytes service limit.");
        case UNRESOLVED, UNREACHABLE, TIMED_OUT, BROKEN, CANCELLED ->
            Failures.failed(
                "ApiGateway.SdkClientException",
                "Unable to execute HTTP request: " + failure.problem());
      };
    }
  }

  private static EgressRequest request(ApiGatewayParameters task, Duration timeout) {
    List<Field> fields = new ArrayList<>();
    task.headers().forEach((name, values) -> values.forEach(v -> fields.add(new Field(name, v))));
    JsonNode body = task.body();
    byte[] bytes = body == null ? null : Payload.of(body).bytes();
    if (bytes != null && !task.headers().containsKey("Content-Type")) {
      fields.add(new Field("Content-Type", "application/json"));
    }
    return new EgressRequest(
        task.method(),
        task.uri(),
        fields,
        bytes,
        timeout,
        MAX_ANSWER,
        SAFE.contains(task.method()));
  }

  private EgressRequest signed(TaskInvocation invocation, EgressRequest request) throws HttpFault {
    try {
      return new EgressRequest(
          request.method(),
          request.uri(),
          signer.sign(invocation, request, TaskRole.of(invocation.credentials())),
          request.body(),
          request.timeout(),
          request.maxAnswerBytes(),
          request.repeatable());
    } catch (IllegalArgumentException invalid) {
      throw HttpFault.runtime(String.valueOf(invalid.getMessage()));
    } catch (Unsigned unsigned) {
      throw new HttpFault(ErrorName.PERMISSIONS.value(), String.valueOf(unsigned.getMessage()));
    }
  }

  private static TaskOutcome outcome(EgressAnswer answer) throws HttpFault {
    TaskOutcome outcome = HttpAnswer.outcome(answer, new Redaction(List.of()));
    return outcome instanceof TaskOutcome.Failed failed
        ? Failures.failed("ApiGateway." + answer.status(), failed.cause())
        : outcome;
  }
}
