package io.gradus.service.function;

import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.lambda.LambdaConnector;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Calls a registered function as a task would, so that its author sees what it answers.
public final class FunctionTrial {
  /// As a payload of a state may be, in bytes.
  public static final int MAX_PAYLOAD = 262_144;

  private static final int MAX_ANSWER = 262_144;
  private static final String FUNCTION_ERROR = "X-Amz-Function-Error";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FunctionService functions;
  private final EgressClient egress;
  private final AuditTrail audit;

  /// What came of a call.
  ///
  /// @param status the HTTP status, 0 where there was no answer
  /// @param functionError what the function says of its own failure, null for none
  /// @param body the answer as text
  /// @param problem why there was no answer, null where there was one
  public record Answer(
      int status,
      @Nullable String functionError,
      String body,
      Duration took,
      @Nullable String problem) {
    /// Whether a task would succeed with it.
    public boolean isGood() {
      return problem == null && functionError == null && status >= 200 && status < 300;
    }
  }

  /// @param egress held to the policy for what tenants configure
  public FunctionTrial(FunctionService functions, EgressClient egress, AuditTrail audit) {
    this.functions = functions;
    this.egress = egress;
    this.audit = audit;
  }

  /// Calls the function and waits for as long as it may take.
  ///
  /// @param payload JSON
  public Answer call(Caller caller, String name, String payload) {
    Access.require(caller, Permission.RUN, "TestFunction", name);
    HttpFunction function = functions.describe(caller, name);
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    if (body.length > MAX_PAYLOAD) {
      throw new Refusal(ErrorCode.VALIDATION, "A payload has at most " + MAX_PAYLOAD + " bytes");
    }
    requireJson(payload);
    audit.record(caller, "TestFunction", name);
    var request =
        new EgressRequest(
            "POST",
            function.url(),
            List.of(
                new Field("Content-Type", "application/json"),
                new Field(LambdaConnector.IDEMPOTENCY_KEY, "test-" + UUID.randomUUID())),
            body,
            Duration.ofSeconds(function.timeoutSeconds()),
            MAX_ANSWER,
            true);
    long from = System.nanoTime();
    try {
      EgressAnswer answer = egress.send(request, new Call());
      return new Answer(
          answer.status(),
          answer.header(FUNCTION_ERROR).orElse(null),
          new String(answer.body(), StandardCharsets.UTF_8),
          since(from),
          null);
    } catch (EgressFailure failure) {
      return new Answer(0, null, "", since(from), failure.problem());
    }
  }

  private static Duration since(long from) {
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private static void requireJson(String payload) {
    try {
      if (!payload.isBlank()) {
        JSON.readTree(payload);
        return;
      }
    } catch (JacksonException e) {
      // Told below.
    }
    throw new Refusal(ErrorCode.VALIDATION, "The payload is not JSON");
  }
}
