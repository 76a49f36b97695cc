package io.gradus.app.api;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.api.SignedCalls.Answer;
import io.gradus.postgres.RunningPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import tools.jackson.databind.JsonNode;

/// Schedules, and how triggers are set, from the management API to the executions that they start.
class SchedulesTest extends TriggersFixture {
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
}
