package io.gradus.integrations.lambda;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.SdkMetadata;
import io.gradus.integrations.egress.EgressAnswer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Turns the answer to an Invoke into the task's outcome.
///
/// | answer | outcome |
/// |---|---|
/// | 2xx | the payload; for `lambda:invoke` inside AWS's envelope |
/// | 2xx with `X-Amz-Function-Error` | error = `errorType`, cause = the error JSON |
/// | anything else | `Lambda.<Exception>` with AWS's sentence |
final class InvokeAnswer {
  private static final String FUNCTION_ERROR = "X-Amz-Function-Error";

  private InvokeAnswer() {}

  static TaskOutcome outcome(Resource resource, InvokeRequest request, EgressAnswer answer) {
    String requestId =
        answer.header("x-amzn-RequestId").orElseGet(() -> UUID.randomUUID().toString());
    if (answer.header(FUNCTION_ERROR).isPresent()) {
      return functionError(answer);
    }
    if (answer.status() < 200 || answer.status() > 299) {
      return serviceError(answer, requestId);
    }
    JsonNode payload;
    Payload whole;
    try {
      whole = answer.body().length == 0 ? nothing(resource) : json(answer.body());
      payload = whole.json();
    } catch (JacksonException _) {
      return Failures.failed("Lambda.Unknown", "The function's response is not valid JSON");
    }
    return new TaskOutcome.Succeeded(
        resource.isLambdaFunction() ? whole : envelope(request, answer, payload, requestId));
  }

  /// Kept as the text it is. What is not UTF-8 (JSON begins with an ASCII character, followed by no
  /// NUL) is written anew, since whoever reads the payload later takes its bytes for UTF-8.
  private static Payload json(byte[] body) {
    boolean utf8 = body[0] > 0 && (body.length < 2 || body[1] != 0);
    return utf8 ? Payload.ofText(body) : Payload.of(PayloadJson.MAPPER.readTree(body));
  }

  /// What stands for a missing body: an event invocation has an empty Payload, a function that
  /// answered nothing returned null.
  private static Payload nothing(Resource resource) {
    return Payload.of(
        resource.isLambdaFunction()
            ? PayloadJson.MAPPER.getNodeFactory().nullNode()
            : StringNode.valueOf(""));
  }

  private static Payload envelope(
      InvokeRequest request, EgressAnswer answer, JsonNode payload, String requestId) {
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    output.put(
        "ExecutedVersion",
        answer.header("X-Amz-Executed-Version").orElseGet(() -> version(request)));
    answer.header("X-Amz-Log-Result").ifPresent(log -> output.put("LogResult", log));
    output.set("Payload", payload);
    SdkMetadata.addTo(output, answer.status(), answer.headers(), requestId);
    output.put("StatusCode", answer.status());
    return Payload.of(output);
  }

  private static String version(InvokeRequest request) {
    String qualifier = request.qualifier();
    return qualifier != null && qualifier.matches("\\d+") ? qualifier : "$LATEST";
  }

  private static TaskOutcome functionError(EgressAnswer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    try {
      JsonNode type = PayloadJson.MAPPER.readTree(answer.body()).path("errorType");
      if (type.isString() && !type.stringValue().isEmpty()) {
        return Failures.failed(type.stringValue(), text);
      }
    } catch (JacksonException _) {
      // An error that is no JSON has no type either.
    }
    return Failures.failed(
        "Lambda.Unknown",
        "The cause could not be determined because Lambda did not return an error type. Returned"
            + " payload: "
            + text);
  }

  private static TaskOutcome serviceError(EgressAnswer answer, String requestId) {
    String code =
        answer
            .header("x-amzn-ErrorType")
            .map(type -> type.split("[:#]", 2)[0])
            .filter(type -> type.matches("[A-Za-z]{1,100}"))
            .orElseGet(() -> byStatus(answer.status()));
    String message = "HTTP status " + answer.status();
    try {
      JsonNode body = PayloadJson.MAPPER.readTree(answer.body());
      JsonNode text = body.hasNonNull("message") ? body.path("message") : body.path("Message");
      if (text.isString()) {
        message = text.stringValue();
      }
    } catch (JacksonException _) {
      // A proxy's page, say; the status tells more than its HTML.
    }
    return Failures.refusedByService(
        "Lambda", code, "AWSLambda", answer.status(), code, message, requestId);
  }

  private static String byStatus(int status) {
    if (status == 404) {
      return "ResourceNotFoundException";
    }
    if (status == 429) {
      return "TooManyRequestsException";
    }
    return status >= 500 ? "ServiceException" : "AWSLambdaException";
  }
}
