package io.gradus.integrations.http;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.egress.EgressAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Turns an HTTP answer into the task's outcome: `{Headers, ResponseBody, StatusCode, StatusText}`
/// for 2xx, the same as the cause of `States.Http.StatusCode.<n>` for anything else.
final class HttpAnswer {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private HttpAnswer() {}

  static TaskOutcome outcome(EgressAnswer answer, Redaction redaction) throws HttpFault {
    String contentType = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String mediaType = contentType.split(";", 2)[0].strip();
    if (mediaType.equals("application/octet-stream")
        || mediaType.matches("(image|video|audio)/.*")) {
      throw HttpFault.runtime("The response's content type '" + mediaType + "' is not supported");
    }
    String text = redaction.apply(text(answer.body(), contentType));
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    ObjectNode headers = output.putObject("Headers");
    for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
      ArrayNode values = headers.putArray(header.getKey().toLowerCase(Locale.ROOT));
      header.getValue().forEach(value -> values.add(redaction.apply(value)));
    }
    output.set("ResponseBody", body(text, mediaType));
    output.put("StatusCode", answer.status());
    output.put("StatusText", answer.reason());
    return answer.status() >= 200 && answer.status() <= 299
        ? new TaskOutcome.Succeeded(Payload.of(output))
        : Failures.failed("States.Http.StatusCode." + answer.status(), output.toString());
  }

  private static JsonNode body(String text, String mediaType) {
    if (mediaType.equals("application/json") || mediaType.endsWith("+json")) {
      try {
        JsonNode json = PayloadJson.MAPPER.readTree(text);
        if (!json.isMissingNode()) {
          return json;
        }
      } catch (JacksonException _) {
        // What claims to be JSON and is not is passed on as the text it is.
      }
    }
    return StringNode.valueOf(text);
  }

  private static String text(byte[] body, String contentType) throws HttpFault {
    Charset charset = StandardCharsets.UTF_8;
    Matcher named = CHARSET.matcher(contentType);
    if (named.find()) {
      try {
        charset = Charset.forName(named.group(1));
      } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
        // An unknown name says nothing; most likely it is UTF-8 all the same.
      }
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      throw HttpFault.runtime("The response can't be read as a valid string");
    }
  }
}
