package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

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
