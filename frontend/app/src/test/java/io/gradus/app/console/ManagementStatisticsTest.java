package io.gradus.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.PersonsHttp;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.engine.StatisticRows;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Statistics by the management API.
@ConsoleTest
class ManagementStatisticsTest {
  private final ConsoleFixture console;

  ManagementStatisticsTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void figuresOfATenantAndOfOneStateMachine() {
    String account = console.newTenant("Statistics by program");
    Login viewer = console.as(account, Role.VIEWER);
    Caller author = console.caller(console.as(account, Role.AUTHOR), account);
    String good = machine(author, "good", "{\"Type\":\"Succeed\"}");
    String bad = machine(author, "bad", "{\"Type\":\"Fail\",\"Error\":\"E\"}");
    run(author, good);
    run(author, good);
    run(author, bad);
    assertThat(console.part(StatisticRows.class).refresh(Duration.ZERO)).isTrue();

    try (PersonsHttp http =
        PersonsHttp.logIn(console.address(), viewer.login(), viewer.password())) {
      PersonsHttp.Answer all = http.call("GET", "/statistics/24h", "");
      assertThat(all.status()).as(all.text()).isEqualTo(200);
      JsonNode executions = all.json().get("executions");
      assertThat(executions.get("started").intValue()).isEqualTo(3);
      assertThat(executions.get("succeeded").intValue()).isEqualTo(2);
      assertThat(executions.get("failed").intValue()).isEqualTo(1);
      assertThat(executions.get("failureRate").doubleValue()).isBetween(0.33, 0.34);
      assertThat(all.json().get("duration").get("p50").doubleValue()).isPositive();
      assertThat(all.json().get("bars")).hasSize(49);
      assertThat(all.json().get("barSeconds").intValue()).isEqualTo(1_800);
      assertThat(all.json().get("stateMachines").get(0).get("name").stringValue()).isEqualTo("bad");
      assertThat(all.json().has("countedTo")).isTrue();

      JsonNode one = http.call("GET", "/statistics/7d/" + good, "").json();
      assertThat(one.get("executions").get("started").intValue()).isEqualTo(2);
      assertThat(one.has("stateMachines")).isFalse();

      PersonsHttp.Answer wrong = http.call("GET", "/statistics/1y", "");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.text()).contains("A range is 1h, 24h, 7d or 30d");
      assertThat(http.call("GET", "/statistics/1h/" + good + "x", "").status()).isEqualTo(404);
      assertThat(http.call("GET", "/statistics/1h/nonsense", "").status()).isEqualTo(400);
      String foreign = good.replace(account, console.account());
      assertThat(http.call("GET", "/statistics/1h/" + foreign, "").status()).isEqualTo(403);
      assertThat(http.call("GET", "/openapi.json", "").text())
          .contains("getStateMachineStatistics");
    }
    String other = console.newTenant("Others");
    Login elsewhere = console.as(other, Role.VIEWER);
    try (PersonsHttp http =
        PersonsHttp.logIn(console.address(), elsewhere.login(), elsewhere.password())) {
      JsonNode none = http.call("GET", "/statistics/1h", "").json();
      assertThat(none.get("executions").get("started").intValue()).isZero();
      assertThat(none.get("duration").has("p50")).isFalse();
      assertThat(none.get("stateMachines")).isEmpty();
    }
  }

  private void run(Caller author, String machine) {
    ExecutionService executions = console.part(ExecutionService.class);
    String arn =
        executions.start(author, new Execution.Start(machine, null, "{}", null, null)).arn();
    console.await(
        () -> executions.describe(author, arn).status() != ExecutionStatus.RUNNING,
        "the end of " + arn);
  }

  private String machine(Caller author, String name, String state) {
    return console
        .part(StateMachineService.class)
        .create(
            author,
            new StateMachine.Draft(
                name,
                "{\"StartAt\":\"S\",\"States\":{\"S\":" + state + "}}",
                "arn:aws:iam::" + author.account() + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }
}
