package io.gradus.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.PersonsHttp;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Test cases by the management API.
@ConsoleTest
class ManagementTestCasesTest {
  private static final String CASE =
      """
      {"description": "all is well", "input": {"order": 7},
       "mocks": {"Charge": {"0": {"Return": {"paid": true}}}},
       "expected": {"output": {"paid": true}, "path": ["Charge"]}}""";

  private final ConsoleFixture console;

  ManagementTestCasesTest(ConsoleFixture console) {
    this.console = console;
  }

  private String machine(Login author, String account) {
    return console
        .part(StateMachineService.class)
        .create(
            console.caller(author, account),
            new StateMachine.Draft(
                "orders",
                "{\"StartAt\":\"Charge\",\"States\":{\"Charge\":{\"Type\":\"Task\",\"Resource\":"
                    + "\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\"},"
                    + "\"End\":true}}}",
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private PersonsHttp in(Login login) {
    return PersonsHttp.logIn(console.address(), login.login(), login.password());
  }

  @Test
  void theyAreKeptRunImportedAndExported() {
    String account = console.newTenant("Cases by program");
    Login author = console.as(account, Role.AUTHOR);
    String cases = "/test-cases/" + machine(author, account);
    try (PersonsHttp http = in(author)) {
      PersonsHttp.Answer put = http.call("PUT", cases + "/cases/happy%20path", CASE);
      assertThat(put.status()).as(put.text()).isEqualTo(200);
      assertThat(put.json().get("testCase").get("input").toString()).isEqualTo("{\"order\":7}");

      JsonNode ran = http.call("POST", cases + "/cases/happy%20path/run", "{}").json();
      assertThat(ran.get("passed").booleanValue()).as("%s", ran).isTrue();
      assertThat(ran.get("revision").intValue()).isEqualTo(1);
      assertThat(ran.get("result").get("path").toString()).isEqualTo("[\"Charge\"]");
      assertThat(ran.get("result").get("events").get(0).get("type").stringValue())
          .isEqualTo("ExecutionStarted");

      PersonsHttp.Answer imported =
          http.call(
              "POST",
              cases + "/import",
              """
              {"file": {"StateMachines": {"orders": {"TestCases": {"sad": {"Charge": "No"}}}},
               "MockedResponses": {"No": {"0": {"Throw": {"Error": "Declined"}}}}}}""");
      assertThat(imported.status()).as(imported.text()).isEqualTo(200);
      JsonNode all = http.call("POST", cases + "/run", "").json();
      assertThat(all.get("passed").booleanValue()).isFalse();
      assertThat(all.get("results").get(1).get("result").get("problems").get(0).stringValue())
          .contains("failed with 'Declined'");
      assertThat(http.call("POST", cases + "/cases/sad/expect", "").json().get("passed"))
          .hasToString("true");

      JsonNode listed = http.call("GET", cases, "").json().get("testCases");
      assertThat(listed).hasSize(2);
      assertThat(listed.get(0).get("lastRun").get("passed").booleanValue()).isTrue();
      JsonNode exported = http.call("GET", cases + "/export", "").json().get("file");
      assertThat(exported.get("testCases").get("sad").get("expected").get("error").stringValue())
          .isEqualTo("Declined");
      assertThat(http.call("GET", cases + "/mock-configuration", "").text())
          .contains("MockedResponses");

      PersonsHttp.Answer tried =
          http.call(
              "POST",
              cases + "/run",
              "{\"definition\": \"{\\\"StartAt\\\":\\\"X\\\",\\\"States\\\":{\\\"X\\\":"
                  + "{\\\"Type\\\":\\\"Succeed\\\"}}}\"}");
      assertThat(tried.json().get("passed").booleanValue()).isFalse();
      assertThat(tried.json().get("results").get(0).has("revision")).isFalse();

      assertThat(http.call("DELETE", cases + "/cases/sad", "").status()).isEqualTo(204);
      assertThat(http.call("GET", cases + "/cases/sad", "").status()).isEqualTo(404);
      assertThat(http.call("GET", "/openapi.json", "").text()).contains("runTestCases");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "PUT | /cases/c | {\"mocks\": {\"A\": 1}} | 400 | ValidationException",
        "PUT | /cases/c | {\"expected\": {\"output\": 1, \"error\": \"E\"}} | 400 | ValidationException",
        "PUT | /cases/c | {\"description\": 7} | 400 | ~~",
        "PUT | /cases/.. | {} | 404 | ~~",
        "POST | /cases/none/run | {} | 404 | ResourceNotFound",
        "POST | /run | {\"definition\": \"{}\"} | 400 | InvalidDefinition",
        "POST | /import | {} | 400 | ~~",
        "POST | /import | {\"file\": []} | 400 | ValidationException",
        "POST | /import | {\"file\": {\"testCases\": {\"x\": {\"y\": 1}}}} | 400 | ValidationException",
        "DELETE | /cases/none | ~~ | 404 | ResourceNotFound",
        "GET | /nothing | ~~ | 404 | ~~",
      })
  void badInputIsRefused(String method, String path, String body, int status, String error) {
    String account = console.newTenant("Bad cases");
    Login author = console.as(account, Role.AUTHOR);
    String cases = "/test-cases/" + machine(author, account);
    try (PersonsHttp http = in(author)) {
      PersonsHttp.Answer answer = http.call(method, cases + path, body);
      if (!path.contains("..")) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains(error);
      } else {
        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
      }
    }
  }

  @Test
  void othersMayNot() {
    String account = console.newTenant("Roles and cases");
    Login author = console.as(account, Role.AUTHOR);
    String arn = machine(author, account);
    String cases = "/test-cases/" + arn;
    try (PersonsHttp http = in(console.as(account, Role.VIEWER))) {
      assertThat(http.call("PUT", cases + "/cases/c", CASE).status()).isEqualTo(403);
      assertThat(http.call("POST", cases + "/run", "").status()).isEqualTo(403);
      assertThat(http.call("GET", cases, "").status()).isEqualTo(200);
    }
    try (PersonsHttp http = in(console.as(account, Role.OPERATOR))) {
      assertThat(http.call("POST", cases + "/import", "{\"file\": {}}").status()).isEqualTo(403);
      assertThat(http.call("POST", cases + "/run", "").status()).isEqualTo(200);
    }
    String elsewhere = console.newTenant("Elsewhere");
    try (PersonsHttp http = in(console.as(elsewhere, Role.ADMIN))) {
      assertThat(http.call("GET", cases, "").status()).isEqualTo(403);
    }
  }
}
