package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.SignedCalls.Answer;
import io.gradus.postgres.RunningPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Schedules and webhooks, from the management API to the executions that they start.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriggersTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String BODY = "{\"order\": 7}";

  private final HttpClient http = HttpClient.newHttpClient();
  private RunningGradus gradus;
  private SignedCalls tenant;
  private SfnClient sfn;
  private String machine;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
    tenant = SignedCalls.ofNewTenant(gradus);
    sfn = tenant.sdk();
    machine = machine("orders");
  }

  private String machine(String name) {
    return sfn.createStateMachine(
            r -> r.name(name).roleArn("arn:aws:iam::000000000000:role/any").definition(PASS))
        .stateMachineArn();
  }

  @AfterAll
  void stop() {
    sfn.close();
    http.close();
    gradus.close();
  }

  // --- schedules

  @Test
  void aScheduleFiresByItselfWithItsEvent() {
    JsonNode kept = put("rate-now", schedule("{\"expression\": \"rate(1 hour)\"}")).path("trigger");
    Instant next = Instant.parse(kept.path("nextFireAt").asString(""));

    await("its first execution", () -> fires("rate-now").size() == 1);

    JsonNode fire = fires("rate-now").getFirst();
    JsonNode input = input(fire.path("executionArn").asString(""));
    assertThat(input.path("source").asString("")).isEqualTo("gradus.scheduler");
    assertThat(input.path("detail-type").asString("")).isEqualTo("Scheduled Event");
    assertThat(input.path("version").asString("")).isEqualTo("0");
    assertThat(input.path("account").asString("")).isEqualTo(tenant.account);
    assertThat(Instant.parse(input.path("time").asString(""))).isEqualTo(next);
    assertThat(input.path("id").asString("")).isEqualTo(fire.path("eventId").asString("-"));
    assertThat(fire.path("executionArn").asString(""))
        .contains(":execution:orders:rate-now-" + next.toString().replaceAll("[-:]", ""));
    assertThat(Instant.parse(get("rate-now").path("nextFireAt").asString("")))
        .isEqualTo(next.plus(Duration.ofHours(1)));
  }

  @Test
  void ofMissedMomentsTheLatestIsMadeUpForOnce() {
    put(
        "caught-up",
        schedule("{\"expression\": \"rate(1 hour)\", \"startDate\": \"" + past(5) + "\"}"));
    miss("caught-up", Instant.parse(past(4)));

    await("its execution", () -> fires("caught-up").size() == 1);

    JsonNode input = input(fires("caught-up").getFirst().path("executionArn").asString(""));
    assertThat(input.path("time").asString("")).isEqualTo(past(0));
    Instant next = Instant.parse(get("caught-up").path("nextFireAt").asString(""));
    assertThat(next).isEqualTo(Instant.parse(past(-1)));
  }

  @Test
  void aScheduleThatMakesUpForNothingSaysSo() {
    put(
        "left-out",
        schedule(
            "{\"expression\": \"rate(1 hour)\", \"catchUp\": false, \"startDate\": \""
                + past(5)
                + "\"}"));
    miss("left-out", Instant.parse(past(4)));

    await("its entry", () -> fires("left-out").size() == 1);

    JsonNode fire = fires("left-out").getFirst();
    assertThat(fire.path("error").asString("")).isEqualTo("Trigger.Missed");
    assertThat(fire.has("executionArn")).isFalse();
    assertThat(get("left-out").path("nextFireAt").asString("")).isEqualTo(past(-1));
  }

  /// An hour's half, that many hours ago: the next one is half an hour away at most and never near.
  private final Instant half =
      Instant.now().minus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS);

  private String past(int hours) {
    return half.minus(Duration.ofHours(hours)).toString();
  }

  /// As if no node had been there since that moment.
  private void miss(String name, Instant moment) {
    RunningPostgres postgres = gradus.part(RunningPostgres.class);
    try (Connection owner =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.superuser(), postgres.password());
        PreparedStatement update =
            owner.prepareStatement(
                "update trigger set next_at = ?::timestamptz, due_at = ?::timestamptz where name = ?")) {
      update.setString(1, moment.toString());
      update.setString(2, moment.toString());
      update.setString(3, name);
      assertThat(update.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aStartThatIsRefusedIsTold() {
    String gone = machine("gone");
    put(
        "broken",
        "{\"stateMachineArn\": \"%s\", \"enabled\": false, \"schedule\": {\"expression\": \"rate(1 day)\"}}"
            .formatted(gone));
    sfn.deleteStateMachine(r -> r.stateMachineArn(gone));
    assertThat(tenant.manage("POST", "/triggers/broken/resume", "").status()).isEqualTo(200);
    miss("broken", Instant.now().minusSeconds(1));

    await("its entry", () -> fires("broken").size() == 1);

    assertThat(fires("broken").getFirst().path("error").asString(""))
        .isEqualTo("StateMachineDoesNotExist");
    assertThat(get("broken").has("nextFireAt")).isTrue();
  }

  @Test
  void aPreviewTellsTheNextMoments() {
    Answer good =
        tenant.manage(
            "POST",
            "/schedules/preview",
            "{\"expression\": \"cron(0 9 ? * MON-FRI *)\", \"timeZone\": \"Europe/Helsinki\"}");
    assertThat(good.json().path("moments")).hasSize(5);
    Answer bad =
        tenant.manage("POST", "/schedules/preview", "{\"expression\": \"cron(0 9 * * * *)\"}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.message()).contains("must have ? in exactly one");
  }

  // --- settings

  @Test
  void badSettingsAreRefused() {
    String at = ", \"schedule\": {\"expression\": \"rate(1 day)\"}}";
    refused("x.y", schedule("{\"expression\": \"rate(1 day)\"}"), 400, "InvalidName");
    refused("x", "{\"stateMachineArn\": \"" + machine + "\"}", 400, "ValidationException");
    refused("x", schedule("{\"expression\": \"daily\"}"), 400, "ValidationException");
    refused(
        "x",
        schedule("{\"expression\": \"rate(1 day)\", \"timeZone\": \"Mars\"}"),
        400,
        "ValidationException");
    refused(
        "x", schedule("{\"expression\": \"at(2020-01-01T00:00:00)\"}"), 400, "ValidationException");
    refused(
        "x",
        "{\"stateMachineArn\": \"" + machine + "-none\"" + at,
        404,
        "StateMachineDoesNotExist");
    refused(
        "x",
        "{\"stateMachineArn\": \"" + machine.replace(tenant.account, "123456789012") + "\"" + at,
        403,
        "AccessDeniedException");
    refused(
        "x",
        "{\"stateMachineArn\": \"" + machine + "\", \"input\": \"{% $ %\" " + at,
        400,
        "ValidationException");
    refused(
        "x",
        "{\"stateMachineArn\": \"" + machine + "\", \"queue\": {\"queueUrl\": \"file:///x\"}}",
        400,
        "ValidationException");
    put("kind", webhook("key"));
    refused("kind", schedule("{\"expression\": \"rate(1 day)\"}"), 409, "ConflictException");
    assertThat(tenant.manage("GET", "/triggers/none", "").status()).isEqualTo(404);
    assertThat(tenant.manage("DELETE", "/triggers/none", "").status()).isEqualTo(404);
    assertThat(tenant.manage("POST", "/triggers/none/pause", "").status()).isEqualTo(404);
  }

  private void refused(String name, String body, int status, String error) {
    Answer answer = tenant.manage("PUT", "/triggers/" + name, body);
    assertThat(answer.status()).as(body + answer.text()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
  }

  @Test
  void aTenantHasAHundredAtMostAndSeesNobodyElses() {
    SignedCalls other = SignedCalls.ofNewTenant(gradus);
    String theirs;
    try (SfnClient client = other.sdk()) {
      theirs =
          client
              .createStateMachine(
                  r -> r.name("m").roleArn("arn:aws:iam::000000000000:role/any").definition(PASS))
              .stateMachineArn();
    }
    String body =
        "{\"stateMachineArn\": \""
            + theirs
            + "\", \"enabled\": false, \"schedule\": {\"expression\": \"rate(1 day)\"}}";
    for (int i = 0; i < 100; i++) {
      assertThat(other.manage("PUT", "/triggers/t" + i, body).status()).isEqualTo(200);
    }
    Answer more = other.manage("PUT", "/triggers/t100", body);
    assertThat(more.error()).isEqualTo("ServiceQuotaExceededException");
    assertThat(other.manage("PUT", "/triggers/t7", body).status()).isEqualTo(200);
    assertThat(tenant.manage("GET", "/triggers/t7", "").status()).isEqualTo(404);
    assertThat(tenant.manage("GET", "/triggers", "").text()).doesNotContain("\"t7\"");
  }

  // --- webhooks

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
      assertThat(answer.body()).contains("The body must be JSON");
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

  // --- how it is asked

  private String schedule(String members) {
    return "{\"stateMachineArn\": \"" + machine + "\", \"schedule\": " + members + "}";
  }

  private String webhook(String proof) {
    return "{\"stateMachineArn\": \""
        + machine
        + "\", \"webhook\": {\"proof\": \""
        + proof
        + "\"}}";
  }

  private JsonNode put(String name, String body) {
    Answer answer = tenant.manage("PUT", "/triggers/" + name, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode get(String name) {
    return tenant.manage("GET", "/triggers/" + name, "").json();
  }

  private List<JsonNode> fires(String name) {
    return tenant
        .manage("GET", "/triggers/" + name + "/fires", "")
        .json()
        .path("fires")
        .valueStream()
        .toList();
  }

  private String audit() {
    return tenant.manage("GET", "/audit", "").text();
  }

  private JsonNode input(String arn) {
    return JSON.readTree(sfn.describeExecution(r -> r.executionArn(arn)).input());
  }

  private List<ExecutionListItem> executions(String of) {
    return sfn.listExecutions(r -> r.stateMachineArn(of)).executions();
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

  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(until);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
