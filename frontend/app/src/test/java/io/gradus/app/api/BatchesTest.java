package io.gradus.app.api;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.SignedCalls.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;

/// Many executions that are stopped by one call of the management API.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchesTest {
  private static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}}";
  private static final String ALL =
      "{\"action\": \"stop\", \"filter\": {\"stateMachine\": \"%s\"}}";

  private RunningGradus gradus;
  private SignedCalls tenant;
  private SignedCalls other;
  private SfnClient sfn;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
    tenant = SignedCalls.ofNewTenant(gradus);
    other = SignedCalls.ofNewTenant(gradus);
    sfn = tenant.sdk();
  }

  @AfterAll
  void stop() {
    sfn.close();
    gradus.close();
  }

  private List<String> waiting(String machine, int number) {
    String arn =
        sfn.createStateMachine(
                r -> r.name(machine).roleArn("arn:aws:iam::000000000000:role/any").definition(WAIT))
            .stateMachineArn();
    return IntStream.range(0, number)
        .mapToObj(i -> sfn.startExecution(r -> r.stateMachineArn(arn).name("e" + i)).executionArn())
        .toList();
  }

  private ExecutionStatus status(String execution) {
    return sfn.describeExecution(r -> r.executionArn(execution)).status();
  }

  private JsonNode made(String body) {
    Answer answer = tenant.manage("POST", "/batches", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode ended(String id) {
    await("its end", () -> batch(id).path("status").asString("").equals("ENDED"));
    return batch(id);
  }

  private JsonNode batch(String id) {
    return tenant.manage("GET", "/batches/" + id, "").json();
  }

  @Test
  void whatADryRunForetellsIsDoneAndToldOfEach() {
    List<String> executions = waiting("orders", 3);
    sfn.stopExecution(r -> r.executionArn(executions.getFirst()));

    JsonNode foretold =
        made(ALL.formatted("orders").replaceFirst("}$", ", \"dryRun\": true}")).path("dryRun");
    assertThat(foretold.path("selected").asInt(0)).isEqualTo(3);
    assertThat(foretold.path("eligible").asInt(0)).isEqualTo(2);
    assertThat(executions.stream().filter(it -> status(it) == ExecutionStatus.RUNNING)).hasSize(2);

    String id =
        made(ALL.formatted("orders").replaceFirst("}$", ", \"error\": \"Enough\"}"))
            .path("batch")
            .path("id")
            .asString("");
    JsonNode over = ended(id);

    assertThat(over.path("done").asInt(0)).isEqualTo(2);
    assertThat(over.path("refused").asInt(0)).isEqualTo(1);
    assertThat(executions).allMatch(it -> status(it) == ExecutionStatus.ABORTED);
    assertThat(sfn.describeExecution(r -> r.executionArn(executions.getLast())).error())
        .isEqualTo("Enough");
    JsonNode refused =
        tenant
            .manage("POST", "/batches/" + id + "/items/search", "{\"outcome\": \"REFUSED\"}")
            .json()
            .path("items");
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).path("executionArn").asString("")).isEqualTo(executions.getFirst());
    assertThat(refused.get(0).path("reason").asString("")).isNotEmpty();
    assertThat(tenant.manage("GET", "/batches", "").text()).contains(id);
  }

  @Test
  void anotherTenantReachesNeitherABatchNorExecutionsByOne() {
    List<String> executions = waiting("theirs", 1);
    waiting("others", 1);
    String id = made(ALL.formatted("others")).path("batch").path("id").asString("");

    assertThat(other.manage("GET", "/batches/" + id, "").status()).isEqualTo(404);
    assertThat(other.manage("POST", "/batches/" + id + "/cancel", "").status()).isEqualTo(404);
    assertThat(other.manage("POST", "/batches/" + id + "/items/search", "{}").status())
        .isEqualTo(404);
    assertThat(other.manage("GET", "/batches", "").text()).doesNotContain(id);
    Answer byName =
        other.manage(
            "POST",
            "/batches",
            "{\"action\": \"stop\", \"executionArns\": [\"" + executions.getFirst() + "\"]}");
    assertThat(byName.status()).as(byName.text()).isBetween(200, 403);
    if (byName.status() == 200) {
      String theirs = byName.json().path("batch").path("id").asString("");
      await(
          "its end",
          () ->
              other
                  .manage("GET", "/batches/" + theirs, "")
                  .json()
                  .path("status")
                  .asString("")
                  .equals("ENDED"));
    }
    assertThat(status(executions.getFirst())).isEqualTo(ExecutionStatus.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"action\": \"stop\"}",
        "{\"action\": \"destroy\", \"filter\": {}}",
        "{\"action\": null, \"filter\": {}}",
        "{\"action\": \"stop\", \"executionArns\": []}",
        "{\"action\": \"stop\", \"executionArns\": [null]}",
        "{\"action\": \"stop\", \"executionArns\": [\"x\"]}",
        "{\"action\": \"stop\", \"executionArns\": \"x\"}",
        "{\"action\": \"stop\", \"executionArns\": [\"x\"], \"filter\": {}}",
        "{\"action\": \"stop\", \"filter\": {\"statuses\": [null]}}",
        "{\"action\": \"stop\", \"filter\": {\"statuses\": [\"LOST\"]}}",
        "{\"action\": \"stop\", \"filter\": {\"startedFrom\": \"yesterday\"}}",
        "{\"action\": \"stop\", \"filter\": {\"startedFrom\": \"+999999999-12-31T23:59:59Z\"}}",
        "{\"action\": \"stop\", \"filter\": {\"startedBefore\": \"-9000-01-01T00:00:00Z\"}}",
        "{\"action\": \"stop\", \"filter\": {\"namePrefix\": \"\\u0000\"}}"
      })
  void whatIsWrongIsToldAndNothingMade(String body) {
    List<String> before = ids();

    Answer answer = tenant.manage("POST", "/batches", body);

    assertThat(answer.status()).as(answer.text()).isBetween(400, 404);
    assertThat(answer.message()).isNotEmpty();
    assertThat(ids()).isEqualTo(before);
  }

  private List<String> ids() {
    return tenant
        .manage("GET", "/batches", "")
        .json()
        .path("batches")
        .valueStream()
        .map(batch -> batch.path("id").asString(""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%00", "00000000-0000-0000-0000-000000000000", "..%2Fkeys"})
  void whatIsNotThereIsNotFound(String id) {
    assertThat(tenant.manage("GET", "/batches/" + id, "").status()).isBetween(400, 404);
    assertThat(tenant.manage("POST", "/batches/" + id + "/cancel", "").status())
        .isBetween(400, 404);
  }
}
