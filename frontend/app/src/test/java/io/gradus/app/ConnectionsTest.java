package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.gradus.app.start.FirstLogin;
import io.gradus.postgres.RunningPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A tenant's own connections, from the management API to what its tasks reach by them; and no
/// secret of theirs anywhere that can be read.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/any";
  private static final String CANARY = "canary-7f3a91";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Seen(String method, String path, String authorization, String body) {}

  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private HttpServer http;
  private Path data;
  private RunningGradus gradus;
  private PersonsHttp admin;
  private SfnClient sfn;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    data = directory;
    smtp.setUser("orders@example.org", "orders", CANARY + "-mail");
    smtp.start();
    http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    http.createContext(
        "/",
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              new Seen(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  authorization == null ? "" : authorization,
                  body));
          byte[] answer =
              ("{\"echo\":\"" + authorization + "\",\"tableNames\":[]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    http.start();
    open();
  }

  private void open() {
    gradus = RunningGradus.start(data, "--gradus.egress.allow=127.0.0.0/8");
    FirstLogin first = gradus.firstLogin();
    admin = PersonsHttp.logIn(gradus.address(), first.login(), first.password());
    sfn = Programs.sfn(gradus.address(), first.accessKeyId(), first.secretAccessKey());
  }

  @AfterAll
  void stop() {
    sfn.close();
    admin.close();
    gradus.close();
    http.stop(0);
    smtp.stop();
  }

  private String peer() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private JsonNode put(String name, String body) {
    PersonsHttp.Answer answer = admin.call("PUT", "/connections/" + name, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private DescribeExecutionResponse run(String name, String resource, String parameters) {
    String definition =
        "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::%s\",\"Parameters\":%s,\"End\":true}}}"
            .formatted(resource, parameters);
    String machine =
        sfn.createStateMachine(r -> r.name(name).roleArn(ROLE).definition(definition))
            .stateMachineArn();
    String execution = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();
    Programs.await(
        name,
        () ->
            sfn.describeExecution(r -> r.executionArn(execution)).status()
                != ExecutionStatus.RUNNING);
    return sfn.describeExecution(r -> r.executionArn(execution));
  }

  private static JsonNode output(DescribeExecutionResponse ended) {
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    return JSON.readTree(ended.output());
  }

  @Test
  void tasksReachWhatTheirTenantIsConnectedTo() throws SQLException {
    // given
    RunningPostgres postgres = gradus.part(RunningPostgres.class);
    String arn =
        put(
                "shop",
                """
                {"kind": "HTTP",
                 "settings": {"authorization": "BASIC", "username": "ann", "hosts": "127.0.0.1",
                              "testUrl": "%s/health"},
                 "secrets": {"password": "%s-http"}}"""
                    .formatted(peer(), CANARY))
            .get("arn")
            .stringValue();
    put(
        "mail",
        """
        {"kind": "EMAIL",
         "settings": {"host": "127.0.0.1", "port": %d, "security": "NONE", "username": "orders",
                      "from": "Orders <orders@example.org>"},
         "secrets": {"password": "%s-mail"}}"""
            .formatted(smtp.getSmtp().getPort(), CANARY));
    put(
        "ops",
        "{\"kind\": \"SLACK\", \"secrets\": {\"url\": \"%s/%s-hook\"}}".formatted(peer(), CANARY));
    put(
        "aws",
        """
        {"kind": "AWS",
         "settings": {"region": "eu-west-1", "accessKeyId": "AKIACONNECTED", "endpoint": "%s"},
         "secrets": {"secretAccessKey": "%s-aws"}}"""
            .formatted(peer(), CANARY));

    // then
    JsonNode answer =
        output(
            run(
                "http",
                "http:invoke",
                """
                {"ApiEndpoint": "%s/orders", "Method": "POST", "RequestBody": {"id": 7},
                 "InvocationConfig": {"ConnectionArn": "%s"}}"""
                    .formatted(peer(), arn)));
    assertThat(answer.at("/ResponseBody/echo").stringValue())
        .as("what an API echoes of the secret")
        .contains("***")
        .doesNotContain(CANARY);
    assertThat(seen)
        .anySatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/orders");
              assertThat(request.authorization()).startsWith("Basic YW5uO");
            });
    DescribeExecutionResponse elsewhere =
        run(
            "elsewhere",
            "http:invoke",
            """
            {"ApiEndpoint": "http://localhost:1/", "Method": "GET",
             "InvocationConfig": {"ConnectionArn": "%s"}}"""
                .formatted(arn));
    assertThat(elsewhere.error()).isEqualTo("States.Permissions");
    assertThat(elsewhere.cause()).contains("may not be used to call localhost");

    output(
        run(
            "mail",
            "email:send",
            "{\"To\": \"ann@example.org\", \"Subject\": \"Order 7\", \"Text\": \"It is on its way.\"}"));
    assertThat(smtp.getReceivedMessages()).hasSize(1);

    output(run("slack", "slack:post", "{\"Text\": \"Order 7\", \"Connection\": \"ops\"}"));
    assertThat(seen)
        .anySatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/" + CANARY + "-hook");
              assertThat(request.body()).isEqualTo("{\"text\":\"Order 7\"}");
            });

    output(run("aws", "aws-sdk:dynamodb:listTables", "{}"));
    assertThat(seen)
        .anySatisfy(
            request ->
                assertThat(request.authorization())
                    .contains("AKIACONNECTED")
                    .contains("eu-west-1/dynamodb"));

    // The database under Gradus itself is not for its tenants, though its address is allowed.
    put(
        "own",
        """
        {"kind": "SQL",
         "settings": {"host": "127.0.0.1", "port": %d, "database": "postgres",
                      "username": "%s", "security": "NONE"},
         "secrets": {"password": "%s"}}"""
            .formatted(postgres.port(), postgres.superuser(), postgres.password()));
    DescribeExecutionResponse refused = run("own", "sql:query", "{\"Statement\": \"select 1\"}");
    assertThat(refused.error()).isEqualTo("States.Permissions");

    assertThat(admin.call("POST", "/connections/shop/test", "").json().get("good").booleanValue())
        .isTrue();
    assertThat(admin.call("POST", "/connections/mail/test", "").json().get("good").booleanValue())
        .isTrue();
    assertThat(admin.call("POST", "/connections/own/test", "").json().get("good").booleanValue())
        .isFalse();

    everythingIsSilent(arn);
  }

  /// Neither answers, nor histories, nor any text or byte in the database has a secret.
  private void everythingIsSilent(String arn) throws SQLException {
    assertThat(admin.call("GET", "/connections", "").text()).contains(arn).doesNotContain(CANARY);
    assertThat(admin.call("POST", "/audit/search", "{}").text())
        .contains("CreateConnection")
        .doesNotContain(CANARY);
    RunningPostgres postgres = gradus.part(RunningPostgres.class);
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.superuser(), postgres.password());
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in"
                  + " ('public', 'quartz')")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).hasSizeGreaterThan(20);
      String hex = HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "select count(*) from %s t where t::text like '%%%s%%' or t::text like '%%%s%%'"
                    .formatted(table, CANARY, hex))) {
          rows.next();
          assertThat(rows.getLong(1)).as(table).isZero();
        }
      }
    }
  }

  @Test
  void badInputIsToldWithItsPlaceAndNothingIsKept() {
    var wrong =
        admin.call(
            "PUT", "/connections/bad", "{\"kind\": \"EMAIL\", \"settings\": {\"host\": \"h\"}}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text())
        .contains("ValidationException")
        .contains("Sender must be given (from)");
    var kind = admin.call("PUT", "/connections/bad", "{\"kind\": \"FTP\"}");
    assertThat(kind.status()).isEqualTo(400);
    assertThat(kind.text()).contains("AWS, HTTP, EMAIL, SQL, SLACK");
    var type =
        admin.call(
            "PUT", "/connections/bad", "{\"kind\": \"EMAIL\", \"settings\": {\"host\": []}}");
    assertThat(type.status()).isEqualTo(400);
    assertThat(admin.call("GET", "/connections/bad", "").status()).isEqualTo(404);
    assertThat(admin.call("POST", "/connections/bad/test", "").status()).isEqualTo(404);
  }

  @Test
  void revealingSecretsIsForAdministratorsAlone() {
    String definition =
        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::http:invoke\",\"Parameters\":{\"ApiEndpoint\":\"%s/x\",\"Method\":\"GET\"},\"End\":true}"
            .formatted(peer());
    var key = admin.call("POST", "/access-keys", "{\"roles\": [\"author\"]}").json();
    try (SfnClient author =
        Programs.sfn(
            gradus.address(),
            key.at("/accessKey/id").stringValue(),
            key.get("secretAccessKey").stringValue())) {
      assertThatThrownBy(
              () ->
                  author.testState(
                      r ->
                          r.definition(definition)
                              .roleArn(ROLE)
                              .inspectionLevel("TRACE")
                              .revealSecrets(true)))
          .hasMessageContaining("not authorized to perform: states:RevealSecrets");
      author.testState(r -> r.definition(definition).roleArn(ROLE).inspectionLevel("TRACE"));
    }
    sfn.testState(
        r -> r.definition(definition).roleArn(ROLE).inspectionLevel("TRACE").revealSecrets(true));
  }
}
