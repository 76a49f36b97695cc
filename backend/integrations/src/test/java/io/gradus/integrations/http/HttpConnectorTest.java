package io.gradus.integrations.http;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class HttpConnectorTest {
  private final HttpTasks tasks = new HttpTasks();

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void itHandlesHttpInvokeAlone() {
    assertThat(tasks.connector.handles(new Resource("arn:aws:states:::http:invoke"))).isTrue();
    assertThat(
            tasks.connector.handles(new Resource("arn:aws:states:::http:invoke.waitForTaskToken")))
        .isFalse();
    assertThat(tasks.connector.handles(new Resource("arn:aws:states:::lambda:invoke"))).isFalse();
  }

  @Test
  void anAnswerComesInAwsShape() {
    try (Peer api =
        Peer.answering(
            200, "{\"id\":7.0}", "Content-Type: application/json", "X-Two: a", "X-Two: b")) {
      JsonNode output =
          output(
              tasks.call(
                  api,
                  """
                  {"Method": "post", "Headers": {"x-mine": "1", "X-Many": ["a", "b"]},
                   "QueryParameters": {"q": "a b&c", "n": [1, 2]}, "RequestBody": {"x": 1.50}}"""));

      assertThat(output.toString())
          .isEqualTo(
              "{\"Headers\":{\"content-length\":[\"10\"],\"content-type\":[\"application/json\"],"
                  + "\"x-two\":[\"a\",\"b\"]},\"ResponseBody\":{\"id\":7.0},\"StatusCode\":200,"
                  + "\"StatusText\":\"Reason 200\"}");
      Peer.Request request = api.request();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v1?q=a%20b%26c&n=1&n=2");
      assertThat(request.body()).isEqualTo("{\"x\":1.50}");
      assertThat(request.headers())
          .containsEntry("X-Mine", "1")
          .containsEntry("X-Many", "a, b")
          .containsEntry("Content-Type", "application/json; charset=UTF-8")
          .containsEntry("User-Agent", "Gradus|StepFunctions|HttpInvoke|us-east-1")
          .containsEntry("Host", "127.0.0.1:" + api.port())
          .containsEntry("Idempotency-Key", Invocations.of("x", "{}").idempotencyKey());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{\"a\":1}|{\"a\":1}",
        "application/problem+json; charset=utf-8|[1]|[1]",
        "application/json|not json|\"not json\"",
        "application/json||\"\"",
        "text/plain|{\"a\":1}|\"{\\\"a\\\":1}\"",
        "text/html; charset=nonsense|<b>|\"<b>\""
      })
  void theBodyIsJsonWhereItSaysSoAndIsSo(String type, String body, String expected) {
    try (Peer api = Peer.answering(200, body == null ? "" : body, "Content-Type: " + type)) {
      assertThat(output(tasks.call(api, "{\"Method\":\"GET\"}")).get("ResponseBody").toString())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 404, 409, 429, 500, 503})
  void otherStatusesAreErrorsOfTheirOwn(int status) {
    try (Peer api = Peer.answering(status, "why", "Location: http://127.0.0.1:1/")) {
      TaskOutcome.Failed failed = failed(tasks.call(api, "{\"Method\":\"GET\"}"));

      assertThat(failed.error().value()).isEqualTo("States.Http.StatusCode." + status);
      JsonNode cause = PayloadJson.MAPPER.readTree(String.valueOf(failed.cause()));
      assertThat(cause.path("StatusCode").asInt()).isEqualTo(status);
      assertThat(cause.path("ResponseBody").asString()).isEqualTo("why");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/octet-stream", "image/png", "video/mp4", "audio/ogg; codecs=opus"})
  void binaryAnswersAreRefused(String type) {
    try (Peer api = Peer.answering(200, "x", "Content-Type: " + type)) {
      assertThat(failed(tasks.call(api, "{\"Method\":\"GET\"}")).error().value())
          .isEqualTo("States.Runtime");
    }
  }

  @Test
  void anAnswerThatIsNoTextIsRefused() {
    try (Peer api =
        Peer.answering(
            (_, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
              out.write(new byte[] {(byte) 0xc3, 0x28});
              return true;
            })) {
      assertThat(failed(tasks.call(api, "{\"Method\":\"GET\"}")).cause())
          .isEqualTo("The response can't be read as a valid string");
    }
  }

  @Test
  void anOverlongAnswerExceedsTheDataLimit() {
    try (Peer api = Peer.answering(200, "x".repeat(HttpConnector.MAX_ANSWER + 1))) {
      assertThat(failed(tasks.call(api, "{\"Method\":\"GET\"}")).error().value())
          .isEqualTo("States.DataLimitExceeded");
    }
  }

  @Test
  void aBrokenConnectionIsASocketError() {
    try (Peer api = Peer.answering((_, _) -> false)) {
      assertThat(failed(tasks.call(api, "{\"Method\":\"POST\"}")).error().value())
          .isEqualTo("States.Http.Socket");
      assertThat(api.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]:8080/",
        "http://[::ffff:10.0.0.1]/"
      })
  void theEgressPolicyHolds(String endpoint) {
    TaskOutcome.Failed failed =
        failed(tasks.invoke("{\"Method\":\"GET\",\"ApiEndpoint\":\"" + endpoint + "\"}"));

    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause()).startsWith("The egress policy does not allow connections to ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Connection",
        "Transfer-Encoding",
        "content-length",
        "Authorization",
        "X-Amz-Date",
        "x-amzn-trace-id",
        "X-Forwarded-For",
        "TE",
        "Upgrade",
        "Proxy-Authorization",
        "Keep-Alive",
        "bad name",
        "bad:name",
        ""
      })
  void headersThatAreNotTheTasksToSetAreRefused(String header) {
    try (Peer api = Peer.answering(200, "")) {
      TaskOutcome.Failed failed =
          failed(tasks.call(api, "{\"Method\":\"GET\",\"Headers\":{\"" + header + "\":\"x\"}}"));

      assertThat(failed.error().value()).isEqualTo("States.Runtime");
      assertThat(api.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"Method\":\"GET\"}",
        "{\"ApiEndpoint\":\"http://h/\"}",
        "{\"Method\":\"TRACE\",\"ApiEndpoint\":\"http://h/\"}",
        "{\"Method\":\"CONNECT\",\"ApiEndpoint\":\"http://h/\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"ftp://h/\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://u:p@h/\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/ x\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":7}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Headers\":[]}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Headers\":{\"X\":\"a\\r\\nY: b\"}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Headers\":{\"X\":{}}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"QueryParameters\":7}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"QueryParameters\":\"a=%zz\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Authentication\":{}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Transform\":{\"RequestBodyEncoding\":\"X\"}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Nonsense\":1}"
      })
  void badParametersFailTheTask(String parameters) {
    assertThat(failed(tasks.invoke(parameters)).error().value()).isEqualTo("States.Runtime");
  }

  @Test
  void aFormIsEncodedAsAsked() {
    try (Peer api = Peer.answering(200, "")) {
      tasks.call(
          api,
          """
          {"Method": "POST", "Headers": {"content-type": "application/x-www-form-urlencoded"},
           "RequestBody": {"array": ["a", "b"], "o": {"k": "v w"}, "n": null},
           "Transform": {"RequestBodyEncoding": "URL_ENCODED",
             "RequestEncodingOptions": {"ArrayFormat": "BRACKETS"}}}""");

      assertThat(api.request().body()).isEqualTo("array%5B%5D=a&array%5B%5D=b&o%5Bk%5D=v%20w&n=");
      assertThat(api.request().headers())
          .containsEntry("Content-Type", "application/x-www-form-urlencoded");
    }
  }
}
