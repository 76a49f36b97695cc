package io.gradus.example.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorkerTest {
  @TempDir Path temp;
  private Worker worker;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void givenAWorker() throws Exception {
    var functions =
        new ImageFunctions(Given.images(temp.resolve("images")), temp.resolve("output"));
    var served = new java.util.HashMap<>(functions.byName());
    served.put(
        "faulty",
        _ -> {
          throw new IllegalStateException("a secret of the program");
        });
    worker = Worker.start(served, 0);
  }

  @AfterEach
  void stop() {
    client.close();
    worker.close();
  }

  @Test
  void whenAFunctionIsCalledThenTheAnswerIsItsResult() throws Exception {
    var answer = post("extract-metadata", "{\"image\": \"meadow.png\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Amz-Function-Error")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(json(answer).path("width").asInt()).isEqualTo(500);
  }

  @Test
  void whenAFunctionFailsThenTheHeaderAndTheErrorSaySo() throws Exception {
    var answer = post("extract-metadata", "{\"image\": \"../secret.png\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Amz-Function-Error")).hasValue("Handled");
    assertThat(json(answer).path("errorType").asString()).isEqualTo("InvalidImageName");
    assertThat(json(answer).path("errorMessage").asString()).isNotBlank();
  }

  @Test
  void whenAFunctionHasAFaultThenNothingOfItIsTold() throws Exception {
    var answer = post("faulty", "{}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Amz-Function-Error")).hasValue("Unhandled");
    assertThat(json(answer).path("errorType").asString()).isEqualTo("IllegalStateException");
    assertThat(answer.body()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"image\": 1} x", "{\"image\": \"\\q\"}"})
  void givenABodyThatIsNotJsonThenTheRequestIsRefused(String body) throws Exception {
    var answer = post("extract-metadata", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("errorType").asString())
        .isEqualTo("InvalidRequestContentException");
  }

  @Test
  void givenDeepNestingThenTheRequestIsRefused() throws Exception {
    assertThat(post("extract-metadata", "[".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void givenNoSuchFunctionOrAnotherMethodThenTheRequestIsRefused() throws Exception {
    assertThat(post("format-disk", "{}").statusCode()).isEqualTo(404);
    assertThat(post("../../etc", "{}").statusCode()).isEqualTo(404);
    var get = HttpRequest.newBuilder(worker.url("derive-tags")).GET().build();
    assertThat(client.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void givenABodyPastTheLimitThenTheRequestIsRefused() throws Exception {
    String large = "\"" + "x".repeat(6 * 1024 * 1024) + "\"";

    assertThat(post("derive-tags", large).statusCode()).isEqualTo(413);
  }

  private HttpResponse<String> post(String function, String body) throws Exception {
    URI url = worker.url(function);
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Given.JSON.readTree(answer.body());
  }
}
