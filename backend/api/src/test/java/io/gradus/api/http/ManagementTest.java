package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.Role;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;

/// The management API, signed and from a session.
class ManagementTest {
  private static final String TASK =
      """
      {"StartAt":"Charge","States":{"Charge":{"Type":"Task",\
      "Resource":"arn:aws:lambda:us-east-1:111122223333:function:charge",\
      "Retry":[{"ErrorEquals":["Busy"],"MaxAttempts":2,"IntervalSeconds":1}],"End":true}}}\
      """;

  private ApiServer server;
  private RawHttp http;

  @BeforeEach
  void startServer() {
    server = new ApiServer();
    http = new RawHttp(server.endpoint(), "AKIAADMIN");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private RawHttp.Answer call(String method, String path, String body) {
    return http.send(
        method,
        "/api/v1" + path,
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("content-type", "application/json"));
  }

  @Test
  void startsAnExecutionOnMocks() {
    try (SfnClient sfn = server.client("AKIAADMIN")) {
      String machine =
          sfn.createStateMachine(
                  r ->
                      r.name("orders")
                          .definition(TASK)
                          .roleArn("arn:aws:iam::111122223333:role/any"))
              .stateMachineArn();

      RawHttp.Answer answer =
          call(
              "POST",
              "/executions",
              """
              {"stateMachineArn":"%s","name":"mocked","input":{"order":7},
               "mocks":{"Charge":[{"return":{"paid":true}}]}}\
              """
                  .formatted(machine));

      assertThat(answer.status()).isEqualTo(201);
      String arn = answer.json().get("executionArn").stringValue();
      assertThat(answer.json().get("startDate").stringValue()).matches("\\d{4}-.*Z");
      var done = sfn.describeExecution(r -> r.executionArn(arn));
      assertThat(done.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(done.input()).isEqualTo("{\"order\":7}");
      assertThat(done.output()).isEqualTo("{\"paid\":true}");
    }
  }

  @Test
  void takesTextForJsonTextAsTheStepFunctionsApiDoes() {
    try (SfnClient sfn = server.client("AKIAADMIN")) {
      String machine =
          sfn.createStateMachine(
                  r ->
                      r.name("orders")
                          .definition(TASK)
                          .roleArn("arn:aws:iam::111122223333:role/any"))
              .stateMachineArn();
      String body =
          """
          {"stateMachineArn":"%s","name":"t","input":"{\\"a\\":1}",
           "mocks":{"Charge":[{"throw":{"error":"No","cause":"money"}}]}}\
          """
              .formatted(machine);

      String arn = call("POST", "/executions", body).json().get("executionArn").stringValue();

      var done = sfn.describeExecution(r -> r.executionArn(arn));
      assertThat(done.input()).isEqualTo("{\"a\":1}");
      assertThat(done.error()).isEqualTo("No");
      assertThat(done.cause()).isEqualTo("money");
    }
  }

  @Test
  void refusesMocksThatAreNone() {
    try (SfnClient sfn = server.client("AKIAADMIN")) {
      String machine =
          sfn.createStateMachine(
                  r ->
                      r.name("orders")
                          .definition(TASK)
                          .roleArn("arn:aws:iam::111122223333:role/any"))
              .stateMachineArn();
      for (String mocks : new String[] {"[]", "{\"Charge\":{}}", "{\"Charge\":[{\"x\":1}]}", "7"}) {
        RawHttp.Answer answer =
            call(
                "POST",
                "/executions",
                "{\"stateMachineArn\":\"" + machine + "\",\"mocks\":" + mocks + "}");

        assertThat(answer.status()).as(mocks).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("ValidationException");
      }
    }
  }

  @Test
  void functionsComeAndGo() {
    RawHttp.Answer put =
        call("PUT", "/functions/resize", "{\"url\":\"http://127.0.0.1:9/r\",\"timeoutSeconds\":5}");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json().get("name").stringValue()).isEqualTo("resize");
    assertThat(call("GET", "/functions/resize", "").json().get("timeoutSeconds").intValue())
        .isEqualTo(5);
    assertThat(call("GET", "/functions", "").json().get("functions")).hasSize(1);

    assertThat(call("DELETE", "/functions/resize", "").status()).isEqualTo(204);

    RawHttp.Answer gone = call("GET", "/functions/resize", "");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.type()).isEqualTo("ResourceNotFound");
    assertThat(server.audited()).containsExactly("PutFunction resize", "DeleteFunction resize");
  }

  @Test
  void refusesFunctionsThatCannotBeCalled() {
    for (String url :
        new String[] {
          "ftp://x/y", "http://", "nonsense", "http://u:p@host/", "file:///etc/passwd"
        }) {
      assertThat(call("PUT", "/functions/f", "{\"url\":\"" + url + "\"}").status())
          .as(url)
          .isEqualTo(400);
    }
    assertThat(call("PUT", "/functions/a%20b", "{\"url\":\"http://x/\"}").type())
        .isEqualTo("InvalidName");
    assertThat(call("PUT", "/functions/f", "{\"url\":\"http://x/\",\"timeoutSeconds\":901}").type())
        .isEqualTo("ValidationException");
  }

  @Test
  void aKeyIsShownOnceAndWorksUntilItIsRotatedOrRevoked() {
    RawHttp.Answer made =
        call("POST", "/access-keys", "{\"description\":\"ci\",\"roles\":[\"operator\"]}");
    assertThat(made.status()).isEqualTo(201);
    String id = made.json().get("accessKey").get("id").stringValue();
    String secret = made.json().get("secretAccessKey").stringValue();
    assertThat(secret).hasSize(40);
    assertThat(call("GET", "/access-keys", "").text()).contains(id).doesNotContain(secret);
    try (SfnClient sfn = server.client(id, secret)) {
      assertThat(sfn.listActivities().activities()).isEmpty();
    }

    String rotated =
        call("POST", "/access-keys/" + id + "/rotate", "")
            .json()
            .get("secretAccessKey")
            .stringValue();
    try (SfnClient old = server.client(id, secret);
        SfnClient current = server.client(id, rotated)) {
      assertThat(current.listActivities().activities()).isEmpty();
      assertThat(AwsSdkFixture.code(() -> old.listActivities()))
          .isEqualTo("InvalidSignatureException");

      assertThat(call("DELETE", "/access-keys/" + id, "").status()).isEqualTo(204);
      assertThat(AwsSdkFixture.code(() -> current.listActivities()))
          .isEqualTo("UnrecognizedClientException");
    }
    assertThat(call("DELETE", "/access-keys/" + id, "").status()).isEqualTo(404);
  }

  @Test
  void anotherTenantsKeysAreNotThere() {
    RawHttp other = new RawHttp(server.endpoint(), "AKIAOTHER");
    String path = "/api/v1/access-keys/AKIAVIEWER";

    assertThat(other.send("DELETE", path, new byte[0], Map.of()).status()).isEqualTo(404);
    assertThat(other.send("DELETE", path + "X", new byte[0], Map.of()).status()).isEqualTo(404);
  }

  @Test
  void onlyAdministratorsSeeKeys() {
    RawHttp operator = new RawHttp(server.endpoint(), "AKIAOPERATOR");

    RawHttp.Answer answer = operator.send("GET", "/api/v1/access-keys", new byte[0], Map.of());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.type()).isEqualTo("AccessDeniedException");
  }

  @Test
  void takesASessionThatComesFromTheConsole() {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    assertThat(http.unsigned("GET", "/api/v1/functions", "", Map.of()).status()).isEqualTo(401);

    server.signIn(Role.AUTHOR);

    String body = "{\"url\":\"http://127.0.0.1:9/r\"}";
    assertThat(http.unsigned("GET", "/api/v1/functions", "", Map.of()).status()).isEqualTo(200);
    assertThat(http.unsigned("PUT", "/api/v1/functions/f", body, json).status()).isEqualTo(200);
    assertThat(
            http.unsigned("PUT", "/api/v1/functions/f", body, Map.of("Content-Type", "text/plain"))
                .status())
        .isEqualTo(403);
    assertThat(
            http.unsigned(
                    "PUT",
                    "/api/v1/functions/f",
                    body,
                    Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void describesItselfInOpenApi() {
    RawHttp.Answer answer = http.unsigned("GET", "/api/v1/openapi.json", "", Map.of());

    JsonNode document = answer.json();
    assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
    assertThat(document.get("paths").propertyNames())
        .containsExactlyInAnyOrder(
            "/executions",
            "/limits",
            "/limits/{stateMachineArn}",
            "/functions",
            "/functions/{name}",
            "/access-keys",
            "/access-keys/{id}",
            "/access-keys/{id}/rotate");
    JsonNode put = document.get("paths").get("/functions/{name}").get("put");
    JsonNode schema = put.get("requestBody").get("content").get("application/json").get("schema");
    assertThat(schema.get("required").toString()).isEqualTo("[\"url\"]");
    assertThat(schema.get("properties").get("timeoutSeconds").get("maximum").intValue())
        .isEqualTo(900);
    assertThat(put.get("parameters").get(0).get("name").stringValue()).isEqualTo("name");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(call("GET", "/nothing", "").status()).isEqualTo(404);
    assertThat(call("PATCH", "/functions", "").status()).isEqualTo(405);
    assertThat(call("PUT", "/functions/f", "{").type()).isEqualTo("SerializationException");
  }
}
