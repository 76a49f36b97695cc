package io.gradus.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.PersonsHttp;
import io.gradus.app.PersonsHttp.Answer;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Saved views by the management API.
@ConsoleTest
class ManagementViewsTest {
  private final ConsoleFixture console;

  ManagementViewsTest(ConsoleFixture console) {
    this.console = console;
  }

  private PersonsHttp in(Login login) {
    return PersonsHttp.logIn(console.address(), login.login(), login.password());
  }

  private static JsonNode ok(int status, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.json();
  }

  @Test
  void theyAreMadeListedChangedAndDeleted() {
    String account = console.newTenant("Views by program");
    Login operator = console.as(account, Role.OPERATOR);
    String id;
    try (PersonsHttp http = in(operator)) {
      JsonNode made =
          ok(
              201,
              http.call(
                  "POST",
                  "/views",
                  """
                  {"name": "Night shift", "query": "from=24h&status=failed,timed_out"}"""));
      id = made.get("id").stringValue();
      assertThat(made.get("query").stringValue()).isEqualTo("status=failed%2Ctimed_out&from=24h");
      assertThat(made.get("shared").booleanValue()).isFalse();
      assertThat(made.get("owner").stringValue()).isEqualTo(operator.principal());
      assertThat(http.call("GET", "/views/" + id, "").json()).isEqualTo(made);

      JsonNode changed =
          ok(200, http.call("PUT", "/views/" + id, "{\"name\": \"Nights\", \"shared\": true}"));
      assertThat(changed.get("name").stringValue()).isEqualTo("Nights");
      assertThat(changed.get("query")).isEqualTo(made.get("query"));
      ok(201, http.call("POST", "/views", "{\"name\": \"Everything\", \"query\": \"\"}"));
      JsonNode listed = ok(200, http.call("GET", "/views", "")).get("views");
      assertThat(listed).hasSize(2);
      assertThat(listed.get(0).get("name").stringValue()).isEqualTo("Everything");
      assertThat(listed.get(1)).isEqualTo(changed);

      Answer again = http.call("POST", "/views", "{\"name\": \"Nights\", \"query\": \"\"}");
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.text()).contains("You have a view 'Nights' already");
      assertThat(http.call("GET", "/openapi.json", "").text()).contains("changeView");
    }
    try (PersonsHttp http = in(console.as(account, Role.VIEWER))) {
      JsonNode listed = ok(200, http.call("GET", "/views", "")).get("views");
      assertThat(listed).hasSize(1);
      assertThat(listed.get(0).get("name").stringValue()).isEqualTo("Nights");
      assertThat(http.call("PUT", "/views/" + id, "{\"name\": \"x\"}").status()).isEqualTo(403);
      assertThat(http.call("DELETE", "/views/" + id, "").status()).isEqualTo(403);
      String shared = "{\"name\": \"x\", \"query\": \"\", \"shared\": true}";
      assertThat(http.call("POST", "/views", shared).status()).isEqualTo(403);
    }
    try (PersonsHttp http = in(console.as(console.newTenant("Others"), Role.ADMIN))) {
      assertThat(http.call("GET", "/views", "").json().get("views")).isEmpty();
      assertThat(http.call("GET", "/views/" + id, "").status()).isEqualTo(404);
      assertThat(http.call("PUT", "/views/" + id, "{\"name\": \"x\"}").status()).isEqualTo(404);
      assertThat(http.call("DELETE", "/views/" + id, "").status()).isEqualTo(404);
    }
    try (PersonsHttp http = in(console.as(account, Role.ADMIN))) {
      assertThat(http.call("DELETE", "/views/" + id, "").status()).isEqualTo(204);
      assertThat(http.call("GET", "/views/" + id, "").status()).isEqualTo(404);
      JsonNode audited =
          http.call("POST", "/audit/search", "{\"target\": \"view/" + id + "\"}").json();
      assertThat(audited.toString()).contains("UpdateSavedView", "DeleteSavedView");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name",
        "{\"name\": \"\", \"query\": \"\"}|name",
        "{\"name\": \" \", \"query\": \"\"}|A view's name has 1 to 80 characters",
        "{\"name\": \"a\\u0000\", \"query\": \"\"}|A view's name has 1 to 80 characters",
        "{\"name\": \"a\", \"query\": \"status=odd\"}|A status is running",
        "{\"name\": \"a\", \"query\": \"a=b\"}|A query has machine",
        "{\"name\": \"a\", \"query\": \"name=%00\"}|has no value",
        "{\"name\": \"a\", \"query\": 7}|can not be converted to an String",
        "{\"name\": \"a\", \"query\": \"\", \"shared\": \"yes\"}|can not be converted to an Boolean"
      })
  void whatIsWrongIsSaid(String body, String said) {
    try (PersonsHttp http = in(console.as(console.newTenant("Wrong views"), Role.OPERATOR))) {
      Answer answer = http.call("POST", "/views", body);

      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.text()).contains(said);
    }
  }
}
