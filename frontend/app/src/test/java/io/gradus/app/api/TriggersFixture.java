package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.SignedCalls.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server and a tenant whose triggers are set by the management API.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TriggersFixture {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

  RunningGradus gradus;
  SignedCalls tenant;
  SfnClient sfn;
  String machine;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
    tenant = SignedCalls.ofNewTenant(gradus);
    sfn = tenant.sdk();
    machine = machine("orders");
  }

  String machine(String name) {
    return sfn.createStateMachine(
            r -> r.name(name).roleArn("arn:aws:iam::000000000000:role/any").definition(PASS))
        .stateMachineArn();
  }

  @AfterAll
  void stop() {
    sfn.close();
    gradus.close();
  }

  String schedule(String members) {
    return "{\"stateMachineArn\": \"" + machine + "\", \"schedule\": " + members + "}";
  }

  JsonNode put(String name, String body) {
    Answer answer = tenant.manage("PUT", "/triggers/" + name, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  JsonNode get(String name) {
    return tenant.manage("GET", "/triggers/" + name, "").json();
  }

  List<JsonNode> fires(String name) {
    return tenant
        .manage("GET", "/triggers/" + name + "/fires", "")
        .json()
        .path("fires")
        .valueStream()
        .toList();
  }

  String audit() {
    return tenant.manage("GET", "/audit", "").text();
  }

  JsonNode input(String arn) {
    return JSON.readTree(sfn.describeExecution(r -> r.executionArn(arn)).input());
  }

  List<ExecutionListItem> executions(String of) {
    return sfn.listExecutions(r -> r.stateMachineArn(of)).executions();
  }

  String webhook(String proof) {
    return "{\"stateMachineArn\": \""
        + machine
        + "\", \"webhook\": {\"proof\": \""
        + proof
        + "\"}}";
  }
}
