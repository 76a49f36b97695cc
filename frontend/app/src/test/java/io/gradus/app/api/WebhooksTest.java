package io.gradus.app.api;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.api.SignedCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Webhooks, from the management API to the executions that they start.
class WebhooksTest extends TriggersFixture {
  private static final String BODY = "{\"order\": 7}";

  private final HttpClient http = HttpClient.newHttpClient();

  @AfterAll
  void closeHttp() {
    http.close();
  }

  @Test
  void aKeyOpensAWebhookAndNothingElseDoes() {
    JsonNode kept = put("keyed", webhook("key"));
    String key = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");

    HttpResponse<String> good = post(path, BODY, "X-Gradus-Key", key);
    assertThat(good.statusCode()).as(good.body()).isEqualTo(202);
    String arn = JSON.readTree(good.body()).path("executionArn").asString("");
    JsonNode input = input(arn);
    assertThat(input.path("detail").toString()).isEqualTo("{\"order\":7}");
    assertThat(input.path("source").asString("")).isEqualTo("gradus.webhook");
    assertThat(input.toString()).doesNotContain(key);
    assertThat(post(path, BODY, "Authorization", "Bearer " + key).statusCode()).isEqualTo(202);

    HttpResponse<String> bad = post(path, BODY, "X-Gradus-Key", key + "x");
    HttpResponse<String> none = post(path, BODY);
    HttpResponse<String> unknown =
        post(path.substring(0, path.length() - 3) + "xyz", BODY, "X-Gradus-Key", key);
    HttpResponse<String> elsewhere =
        post(path.replace(tenant.account, "999999999999"), BODY, "X-Gradus-Key", key);
    assertThat(List.of(bad, none, unknown, elsewhere))
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(403);
              assertThat(answer.body()).isEqualTo(bad.body());
            });
    assertThat(post(path, "not JSON", "X-Gradus-Key", "wrong").body()).isEqualTo(bad.body());
    assertThat(audit()).contains("CreateTrigger").doesNotContain(key);
  }

  @Test
  void aBodyIsJsonAndBounded() {
    JsonNode kept = put("bounded", webhook("key"));
    String key = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");

    for (String body :
        List.of("not JSON", "", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "[".repeat(2_000))) {
      HttpResponse<String> answer = post(path, body, "X-Gradus-Key", key);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("The body must be JSON").doesNotContain("Execution Input");
    }
    String large = "\"" + "x".repeat(262_143) + "\"";
    assertThat(post(path, large, "X-Gradus-Key", key).statusCode()).isEqualTo(413);
    assertThat(post(path, large, "X-Gradus-Key", "wrong").statusCode()).isEqualTo(413);
    assertThat(post(path, "\"" + "x".repeat(262_142) + "\"", "X-Gradus-Key", key).body())
        .contains("InvalidExecutionInput");
    assertThat(post(path, "\"" + "x".repeat(200_000) + "\"", "X-Gradus-Key", key).statusCode())
        .isEqualTo(202);
    assertThat(send("GET", path, "").statusCode()).isEqualTo(405);
  }

  @Test
  void aDeliveryThatComesAgainStartsNothingMore() {
    String own = machine("delivered");
    JsonNode kept =
        put(
            "delivered",
            "{\"stateMachineArn\": \"" + own + "\", \"webhook\": {\"proof\": \"key\"}}");
    String key = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");

    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer =
          post(path, "{\"try\": " + i + "}", "X-Gradus-Key", key, "Idempotency-Key", "order/7");
      assertThat(answer.statusCode()).isEqualTo(202);
      answers.add(answer.body());
      await("its end", () -> executions(own).stream().allMatch(it -> it.stopDate() != null));
    }

    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(executions(own)).hasSize(1);
    assertThat(fires("delivered")).hasSize(1);
    assertThat(post(path, BODY, "X-Gradus-Key", key, "Idempotency-Key", " ").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aSignedRequestIsGoodForFiveMinutesAndForOneExecution() {
    String own = machine("signed");
    JsonNode kept =
        put(
            "signed",
            "{\"stateMachineArn\": \"" + own + "\", \"webhook\": {\"proof\": \"signature\"}}");
    String secret = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");
    long now = Instant.now().getEpochSecond();
    String signature = "t=" + now + ",v1=" + hmac(secret, now + "." + BODY);
    long old = now - 301;
    String late = "t=" + old + ",v1=" + hmac(secret, old + "." + BODY);

    HttpResponse<String> first = post(path, BODY, "X-Gradus-Signature", signature);
    HttpResponse<String> replay = post(path, BODY, "X-Gradus-Signature", signature);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    assertThat(replay.body()).isEqualTo(first.body());
    assertThat(executions(own)).hasSize(1);
    assertThat(post(path, BODY, "X-Gradus-Signature", late).statusCode()).isEqualTo(403);
    assertThat(post(path, "{}", "X-Gradus-Signature", signature).statusCode()).isEqualTo(403);
    assertThat(
            post(path, BODY, "X-Gradus-Signature", signature, "Idempotency-Key", "other")
                .statusCode())
        .isEqualTo(403);
    assertThat(post(path, BODY, "X-Gradus-Key", secret).statusCode()).isEqualTo(403);
  }

  @Test
  void gitHubIsUnderstood() {
    String own = machine("github");
    JsonNode kept =
        put(
            "github",
            "{\"stateMachineArn\": \"" + own + "\", \"webhook\": {\"proof\": \"github\"}}");
    String secret = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");
    String[] headers = {
      "X-Hub-Signature-256", "sha256=" + hmac(secret, BODY),
      "X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-GitHub-Event", "push"
    };

    HttpResponse<String> first = post(path, BODY, headers);
    HttpResponse<String> again = post(path, BODY, headers);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(executions(own)).hasSize(1);
    JsonNode input = input(JSON.readTree(first.body()).path("executionArn").asString(""));
    assertThat(input.path("headers").path("x-github-event").asString("")).isEqualTo("push");
    assertThat(input.path("headers").has("x-hub-signature-256")).isFalse();
    assertThat(input.path("id").asString("")).isEqualTo("72d3162e-cc78-11e3-81ab-4c9367dc0958");
  }

  @Test
  void aRenewedKeyIsTheOnlyOneAndAPausedWebhookTakesNothing() {
    JsonNode kept = put("renewed", webhook("key"));
    String old = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");

    Answer renewed = tenant.manage("POST", "/triggers/renewed/renew-secret", "");
    String fresh = renewed.json().path("secret").asString("");

    assertThat(post(path, BODY, "X-Gradus-Key", old).statusCode()).isEqualTo(403);
    assertThat(post(path, BODY, "X-Gradus-Key", fresh).statusCode()).isEqualTo(202);
    assertThat(tenant.manage("GET", "/triggers/renewed", "").text()).doesNotContain(fresh);
    tenant.manage("POST", "/triggers/renewed/pause", "");
    assertThat(post(path, BODY, "X-Gradus-Key", fresh).statusCode()).isEqualTo(409);
    assertThat(post(path, BODY, "X-Gradus-Key", old).statusCode()).isEqualTo(403);
    tenant.manage("DELETE", "/triggers/renewed", "");
    assertThat(post(path, BODY, "X-Gradus-Key", fresh).statusCode()).isEqualTo(403);
  }

  @Test
  void aFloodIsRefusedAndToldWhenToComeAgain() throws Exception {
    JsonNode kept = put("flooded", webhook("key"));
    String key = kept.path("secret").asString("");
    String path = kept.path("trigger").path("webhook").path("path").asString("");
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        calls.add(() -> post(path, "no JSON", "X-Gradus-Key", key));
      }
      List<Integer> statuses = new ArrayList<>();
      for (var answer : callers.invokeAll(calls)) {
        int status = answer.get().statusCode();
        statuses.add(status);
        if (status == 429) {
          assertThat(answer.get().headers().firstValue("Retry-After")).contains("1");
        }
      }
      assertThat(statuses).contains(400, 429).doesNotContain(500, 503);
    }
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gradus.address() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
