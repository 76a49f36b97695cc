package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.Requests.Things;
import io.gradus.app.api.ServiceModel.Field;
import io.gradus.app.api.SignedCalls.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Every operation is tried with every kind of name of another tenant's things: the answer is the
/// same whether they exist or not, and they stay as they are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoTenantsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RunningGradus gradus;
  private final List<Tenant> tenants = new ArrayList<>();

  /// A tenant with a thing of each kind.
  private record Tenant(SignedCalls calls, Requests requests, String token, String page) {
    List<String> kinds(String name) {
      Things things = Things.of(calls.account, name);
      return List.of(
          things.stateMachine(),
          things.version(),
          things.alias(),
          things.express(),
          things.execution(),
          things.activity(),
          things.mapRun());
    }
  }

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
    for (int i = 0; i < 2; i++) {
      SignedCalls calls = SignedCalls.ofNewTenant(gradus);
      Requests requests = Requests.madeBy(calls);
      tenants.add(new Tenant(calls, requests, token(calls, requests), page(calls)));
    }
  }

  @AfterAll
  void stop() {
    gradus.close();
  }

  /// The token of a task that is open.
  private static String token(SignedCalls calls, Requests requests) {
    String activity = Things.of(calls.account, "real").activity();
    ObjectNode machine = requests.fresh("CreateStateMachine");
    machine.put(
        "definition",
        """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","End":true}}}\
        """
            .formatted(activity));
    ObjectNode start = JSON.objectNode();
    start.set(
        "stateMachineArn", calls.call("CreateStateMachine", machine).json().get("stateMachineArn"));
    assertThat(calls.call("StartExecution", start).status()).isEqualTo(200);
    ObjectNode poll = JSON.objectNode().put("activityArn", activity);
    return calls.call("GetActivityTask", poll).json().get("taskToken").stringValue();
  }

  private static String page(SignedCalls calls) {
    ObjectNode one = JSON.objectNode().put("maxResults", 1);
    return calls.call("ListStateMachines", one).json().get("nextToken").stringValue();
  }

  @Test
  void tellsNothingOfAnothersThings() {
    List<String> faults = new ArrayList<>();
    List<String> before = tenants.stream().map(TwoTenantsTest::all).toList();
    int tried = 0;
    for (Tenant asks : tenants) {
      Tenant other = tenants.get(tenants.indexOf(asks) == 0 ? 1 : 0);
      List<String> there = other.kinds("real");
      List<String> gone = other.kinds("gone");
      for (var operation : ServiceModel.operations().entrySet()) {
        ObjectNode full = ServiceModel.full(operation.getValue());
        for (Field field : ServiceModel.fields(operation.getValue())) {
          if (!isName(field)) {
            continue;
          }
          for (int i = 0; i < there.size(); i++) {
            Answer real = asked(asks, operation.getKey(), field, full, there.get(i));
            Answer none = asked(asks, operation.getKey(), field, full, gone.get(i));
            tried++;
            if (real.status() != 400 || !hidden(real).equals(hidden(none))) {
              faults.add(
                  operation.getKey()
                      + " "
                      + field.name()
                      + " "
                      + there.get(i)
                      + "\n   "
                      + real.text()
                      + "\n   "
                      + none.text());
            }
          }
        }
      }
    }
    assertThat(faults).as(String.join("\n", faults)).isEmpty();
    assertThat(tried).isGreaterThan(400);
    assertThat(tenants.stream().map(TwoTenantsTest::all).toList()).isEqualTo(before);
  }

  /// The names of roles and log groups name nothing that is kept here.
  private static boolean isName(Field field) {
    return field.last().endsWith("Arn")
        && !field.last().equals("roleArn")
        && !field.last().equals("logGroupArn");
  }

  private static Answer asked(
      Tenant asks, String operation, Field field, ObjectNode full, String arn) {
    ObjectNode body = field.in(asks.requests().least(operation), full, JSON.stringNode(arn));
    return asks.calls().call(operation, body);
  }

  private static String hidden(Answer answer) {
    return answer.status() + answer.text().replace("real", "NAME").replace("gone", "NAME");
  }

  @Test
  void takesNobodyElsesTokens() {
    for (Tenant asks : tenants) {
      Tenant other = tenants.get(tenants.indexOf(asks) == 0 ? 1 : 0);
      for (String operation : List.of("SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat")) {
        ObjectNode stolen = asks.requests().least(operation).put("taskToken", other.token());
        ObjectNode junk = asks.requests().least(operation).put("taskToken", "x");
        assertThat(asks.calls().call(operation, stolen))
            .as(operation)
            .isEqualTo(asks.calls().call(operation, junk));
      }
      for (var operation : ServiceModel.operations().entrySet()) {
        boolean paged =
            ServiceModel.fields(operation.getValue()).stream()
                .anyMatch(field -> field.name().equals("nextToken"));
        if (paged && !operation.getKey().equals("ListExecutions")) {
          ObjectNode stolen = asks.requests().least(operation.getKey());
          Answer answer =
              asks.calls().call(operation.getKey(), stolen.put("nextToken", other.page()));
          assertThat(answer.error()).as(operation.getKey()).isEqualTo("InvalidToken");
        }
      }
      // Its owner's all the same.
      ObjectNode own = JSON.objectNode().put("taskToken", other.token());
      assertThat(other.calls().call("SendTaskHeartbeat", own).status()).isEqualTo(200);
      ObjectNode next = JSON.objectNode().put("maxResults", 1).put("nextToken", other.page());
      assertThat(other.calls().call("ListStateMachines", next).status()).isEqualTo(200);
    }
  }

  private static String all(Tenant tenant) {
    Things things = Things.of(tenant.calls().account, "real");
    ObjectNode machine = JSON.objectNode().put("stateMachineArn", things.stateMachine());
    List<String> all = new ArrayList<>();
    for (String operation :
        List.of(
            "DescribeStateMachine",
            "ListStateMachineVersions",
            "ListStateMachineAliases",
            "ListExecutions")) {
      all.add(tenant.calls().call(operation, machine).text());
    }
    all.add(tenant.calls().call("ListActivities", JSON.objectNode()).text());
    all.add(tenant.calls().call("ListStateMachines", JSON.objectNode()).text());
    return MAPPER.writeValueAsString(all);
  }
}
