package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole application on a database of its own, asked over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GradusServerTest {
  private static final String METRICS_TOKEN = "a-token-for-metrics";

  private final HttpClient client = HttpClient.newHttpClient();
  private RunningGradus gradus;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data, "--gradus.metrics-token=" + METRICS_TOKEN);
  }

  @AfterAll
  void stop() {
    gradus.close();
  }

  @Test
  void healthIsOpenAndSaysNoMoreThanThat() throws Exception {
    for (String path : new String[] {"", "/liveness", "/readiness"}) {
      HttpResponse<String> answer = get("/actuator/health" + path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"status\":\"UP\"").doesNotContain("components");
    }
  }

  @Test
  void metricsAreFreeHereAndCostATokenElsewhere() throws Exception {
    assertThat(get("/actuator/prometheus").body())
        .contains(
            "jvm_memory_used_bytes", "gradus_items_pages_total", "gradus_items_reopened_total");
    assertThat(get("/actuator/prometheus", "X-Forwarded-For", "203.0.113.9").statusCode())
        .isIn(401, 403);
    assertThat(
            get(
                    "/actuator/prometheus",
                    "X-Forwarded-For",
                    "203.0.113.9",
                    "Authorization",
                    "Bearer " + METRICS_TOKEN)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void otherEndpointsOfTheActuatorAreClosed() throws Exception {
    for (String path : new String[] {"", "/env", "/heapdump", "/beans", "/shutdown"}) {
      assertThat(get("/actuator" + path).statusCode()).as(path).isIn(401, 403, 404);
    }
  }

  @Test
  void aVisitorIsAskedToLogIn() throws Exception {
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location"))
        .hasValueSatisfying(place -> assertThat(place).endsWith("/login"));
  }

  /// The server's own error page would take the answer's place, and send programs to log in.
  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/executions", "/hooks/000000000000/x"})
  void aBodyThatBreaksOffIsRefusedAndNotSentToLogIn(String path) throws Exception {
    for (String body : new String[] {"ZZZ\r\n{}\r\n0\r\n\r\n", "2\r\n{}XX0\r\n\r\n"}) {
      String answer =
          raw(
              "POST "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AWSStepFunctions.ListActivities\r\n"
                  + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + body);

      assertThat(answer).startsWith("HTTP/1.1 400").contains("SerializationException");
      assertThat(answer.split("HTTP/1.1 ", -1)).as(answer).hasSize(2);
    }
  }

  /// What opens the programs' door opens nothing else.
  @ParameterizedTest
  @CsvSource({"GET, /audit", "GET, /?v-r=init", "POST, /machines", "GET, /error", "PATCH, /"})
  void aHeaderOfProgramsIsNoWayIntoTheConsole(String method, String path) throws Exception {
    String answer =
        raw(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 x\r\n"
                + "X-Amz-Target: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (302|403) .*").doesNotContain(";GRADUSSESSION");
  }

  private String raw(String request) throws IOException {
    URI address = URI.create(gradus.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theLoginPageMayWearItsStyle() throws Exception {
    assertThat(get("/gradus.css").statusCode()).isEqualTo(200);
  }

  @Test
  void theFirstLoginIsOnDiskForItsOwnerAlone() throws Exception {
    Path file = gradus.data().resolve("first-login");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .contains("[default]", "aws_access_key_id = AKIA", "gradus_login = admin");
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gradus.address() + path)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
