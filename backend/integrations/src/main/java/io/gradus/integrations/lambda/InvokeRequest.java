package io.gradus.integrations.lambda;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.integrations.egress.EgressRequest.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a task asks Lambda to do: the parameters of Invoke.
///
/// @param payload the request's body
/// @param invocationType `RequestResponse`, `Event` or `DryRun`; null where not given
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record InvokeRequest(
    FunctionReference function,
    byte[] payload,
    @Nullable String qualifier,
    @Nullable String invocationType,
    @Nullable String logType,
    @Nullable String clientContext) {
  private static final byte[] NO_PAYLOAD = {'{', '}'};
  private static final Set<String> PARAMETERS =
      Set.of("FunctionName", "Payload", "Qualifier", "InvocationType", "LogType", "ClientContext");

  /// What a task's resource and arguments ask for.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  static InvokeRequest of(Resource resource, Payload arguments) {
    return resource.isLambdaFunction()
        ? ofFunction(resource, arguments)
        : ofParameters(arguments.json());
  }

  private static InvokeRequest ofFunction(Resource resource, Payload arguments) {
    FunctionReference function = FunctionReference.parse(resource.arn());
    return new InvokeRequest(function, arguments.bytes(), function.qualifier(), null, null, null);
  }

  private static InvokeRequest ofParameters(JsonNode parameters) {
    if (!parameters.isObject()) {
      throw new IllegalArgumentException("The parameters of lambda:invoke must be an object");
    }
    for (String name : parameters.propertyNames()) {
      if (!PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            "The field '" + name + "' is not supported by Step Functions");
      }
    }
    String name = text(parameters, "FunctionName");
    if (name == null) {
      throw new IllegalArgumentException("The field 'FunctionName' is required but was missing");
    }
    FunctionReference function = FunctionReference.parse(name);
    String qualifier = text(parameters, "Qualifier");
    return new InvokeRequest(
        function,
        payload(parameters.get("Payload")),
        qualifier == null ? function.qualifier() : qualifier,
        text(parameters, "InvocationType"),
        text(parameters, "LogType"),
        text(parameters, "ClientContext"));
  }

  /// Text is sent as it is, since Lambda's Payload is a blob; anything else as its JSON.
  private static byte[] payload(@Nullable JsonNode payload) {
    if (payload == null || payload.isNull()) {
      return NO_PAYLOAD;
    }
    return payload.isString()
        ? payload.stringValue().getBytes(StandardCharsets.UTF_8)
        : Payload.of(payload).bytes();
  }

  private static @Nullable String text(JsonNode parameters, String name) {
    JsonNode value = parameters.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString() || !isPlain(value.stringValue())) {
      throw new IllegalArgumentException("The value for the field '" + name + "' must be a STRING");
    }
    return value.stringValue();
  }

  /// Whether the text can stand in a header.
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /// The header fields that say how to invoke.
  List<Field> headers() {
    var fields = new ArrayList<Field>();
    fields.add(new Field("Content-Type", "application/json"));
    add(fields, "X-Amz-Invocation-Type", invocationType);
    add(fields, "X-Amz-Log-Type", logType);
    add(fields, "X-Amz-Client-Context", clientContext);
    return fields;
  }

  private static void add(List<Field> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add(new Field(name, value));
    }
  }
}
