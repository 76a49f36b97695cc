package io.gradus.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.egress.EgressSockets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SqlConnectorTest {
  private static final String RESOURCE = "arn:aws:states:::sql:query";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EmbeddedPostgres postgres;
  private EgressSockets sockets;
  private SqlConnector connector;
  private SqlDatabase database;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    sockets = new EgressSockets(EgressPolicy.parse("127.0.0.0/8", Set.of()));
    database = database("p", "postgresql", postgres.getPort(), "postgres", "postgres");
    connector = new SqlConnector(this::find, new SqlDrivers(folder), sockets);
    query(
        "create table orders (id bigint primary key, total numeric(9,2), placed timestamptz, note jsonb)");
  }

  @AfterAll
  void stop() throws IOException {
    connector.close();
    sockets.close();
    postgres.close();
  }

  private static SqlDatabase database(
      String id, String driver, int port, String name, String user) {
    return new SqlDatabase(
        id, driver, "127.0.0.1", port, name, SqlDatabase.Security.NONE, user, "", null);
  }

  private Optional<SqlDatabase> find(Object tenant, @Nullable String name) {
    return name == null ? Optional.of(database) : Optional.empty();
  }

  private TaskOutcome run(SqlConnector by, String arguments) {
    return Invocations.outcome(by, Invocations.of(RESOURCE, arguments));
  }

  private TaskOutcome query(String statement, Object... parameters) {
    var arguments = JSON.createObjectNode().put("Statement", statement);
    arguments.set("Parameters", JSON.valueToTree(parameters));
    return run(connector, arguments.toString());
  }

  private static JsonNode output(TaskOutcome outcome) {
    return Invocations.output(outcome);
  }

  @Test
  void valuesGoInAndRowsComeOut() {
    // given
    TaskOutcome inserted =
        query(
            "insert into orders values (?, ?, ?, ?)",
            7,
            19.90,
            "2026-01-02T03:04:05+01:00",
            java.util.Map.of("a", java.util.List.of(1)));

    // then
    assertThat(output(inserted).toString())
        .isEqualTo("{\"Rows\":[],\"RowCount\":0,\"HasMore\":false,\"UpdateCount\":1}");
    assertThat(
            output(query("select id, total, placed, note from orders where id = ?", 7))
                .path("Rows")
                .toString())
        .isEqualTo(
            "[{\"id\":7,\"total\":19.90,\"placed\":\"2026-01-02T02:04:05Z\",\"note\":{\"a\":[1]}}]");
  }

  @Test
  void whatLooksLikeSqlIsAValue() {
    String evil = "x'; drop table orders; --";
    assertThat(output(query("select ?::text as t", evil)).at("/Rows/0/t").stringValue())
        .isEqualTo(evil);
    assertThat(output(query("select count(*) as n from orders")).at("/Rows/0/n").isIntegralNumber())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          null::int                         | null
          true                              | true
          12345678901234567890.5::numeric   | 12345678901234567890.5
          1.5::float8                       | 1.5
          'NaN'::float8                     | "NaN"
          date '2026-01-02'                 | "2026-01-02"
          timestamp '2026-01-02 03:04:05'   | "2026-01-02T03:04:05"
          '\\x00ff'::bytea                   | "AP8="
          array[1,2]                        | [1,2]
          array['a',null]                   | ["a",null]
          '550e8400-e29b-41d4-a716-446655440000'::uuid | "550e8400-e29b-41d4-a716-446655440000"
          interval '1 hour'                 | "01:00:00"
          """)
  void everyTypeIsJson(String expression, String json) {
    assertThat(output(query("select " + expression + " as v")).at("/Rows/0/v").toString())
        .isEqualTo(json);
  }

  @Test
  void rowsAreBounded() {
    JsonNode some =
        output(
            run(
                connector,
                "{\"Statement\": \"select generate_series(1, 100000000) as n\", \"MaxRows\": 3}"));
    assertThat(some.path("RowCount").intValue()).isEqualTo(3);
    assertThat(some.path("HasMore").booleanValue()).isTrue();
    assertThat(output(query("select generate_series(1, 2000) as n")).path("RowCount").intValue())
        .isEqualTo(SqlQuery.DEFAULT_ROWS);
    assertThat(Invocations.failed(query("select repeat('x', 7000000) as t")).error().value())
        .isEqualTo("States.DataLimitExceeded");
    assertThat(Invocations.failed(query("select repeat('x', 40000000) as t")).error().value())
        .startsWith("Sql.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          selec 1                            | Sql.SyntaxErrorOrAccessRuleViolationException | SQLSTATE 42601
          select 1 from nowhere              | Sql.SyntaxErrorOrAccessRuleViolationException | SQLSTATE 42P01
          select 1/0                         | Sql.DataException                             | SQLSTATE 22012
          insert into orders values (null)   | Sql.IntegrityConstraintViolationException     | SQLSTATE 23502
          """)
  void whatTheDatabaseRefusesHasAName(String statement, String error, String cause) {
    TaskOutcome.Failed failed = Invocations.failed(query(statement));
    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause()).contains(cause);
  }

  @Test
  void oneStatementIsRunAndNoMore() {
    TaskOutcome.Failed failed =
        Invocations.failed(query("insert into orders values (8); delete from orders"));
    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).isEqualTo("The field 'Statement' must hold one statement");
    assertThat(output(query("select ';' as t")).at("/Rows/0/t").stringValue()).isEqualTo(";");
  }

  @Test
  void everyPlaceHasItsValue() {
    assertThat(Invocations.failed(query("select ?::int, ?::int", 1)).cause())
        .isEqualTo("The statement has 2 places for values, and the field 'Parameters' has 1");
  }

  @Test
  void aStatementIsGivenUpWithItsTask() throws Exception {
    var invocation = Invocations.of(RESOURCE, "{\"Statement\": \"select pg_sleep(600)\"}", 77);
    var outcome = connector.invoke(invocation).toCompletableFuture();
    while (output(
                query(
                    "select count(*) as n from pg_stat_activity where query like 'select pg_sleep%'"))
            .at("/Rows/0/n")
            .intValue()
        == 0) {
      Thread.onSpinWait();
    }
    connector.cancel(invocation);
    assertThat(Invocations.failed(outcome.get(30, TimeUnit.SECONDS)).error().value())
        .isEqualTo("Sql.TimeoutException");
  }

  @Test
  void thePolicyHoldsForDatabases() {
    try (EgressSockets strict = new EgressSockets(EgressPolicy.parse("", Set.of()));
        SqlConnector held = new SqlConnector(this::find, new SqlDrivers(Path.of("none")), strict)) {
      TaskOutcome.Failed failed = Invocations.failed(run(held, "{\"Statement\": \"select 1\"}"));
      assertThat(failed.error().value()).isEqualTo("States.Permissions");
    }
  }

  @Test
  void whatCannotBeConnectedToIsTold() {
    SqlDatabase before = database;
    SqlDrivers drivers = new SqlDrivers(Path.of("none"));
    // A pool tries until its patience is over: ten seconds in the product.
    try (SqlConnector brief =
        new SqlConnector(this::find, new SqlPools(drivers, sockets, Duration.ofSeconds(1)))) {
      String select = "{\"Statement\": \"select 1\"}";
      database = database("q", "postgresql", 1, "postgres", "postgres");
      assertThat(Invocations.failed(run(brief, select)).error().value())
          .isEqualTo("Sql.ConnectionFailedException");
      database = database("r", "postgresql", postgres.getPort(), "nothing", "postgres");
      assertThat(Invocations.failed(run(brief, select)).cause()).contains("nothing");
      database = database("s", "oracle", 1, "x", "y");
      assertThat(Invocations.failed(run(brief, select)).cause())
          .isEqualTo("There is no database driver 'oracle' here");
    } finally {
      database = before;
    }
  }

  @Test
  void aDriverThatTheOperatorAddedWorksToo(@TempDir Path folder) throws Exception {
    // given
    Path jar =
        Path.of(org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.copy(jar, folder.resolve("h2.jar"));
    Files.writeString(
        folder.resolve("h2.properties"), "url=jdbc:h2:tcp://{host}:{port}/mem:{database}\n");
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    SqlDatabase there = database("h", "h2", server.getPort(), "stock", "sa");
    SqlDrivers drivers = new SqlDrivers(folder);

    // then
    assertThat(drivers.names()).containsExactly("postgresql", "h2");
    try (SqlConnector added = new SqlConnector((_, _) -> Optional.of(there), drivers, sockets)) {
      assertThat(
              output(
                      run(
                          added,
                          "{\"Statement\": \"select cast(? as int) + 1 as n\", \"Parameters\": [41]}"))
                  .at("/Rows/0")
                  .toString())
          .isEqualTo("{\"N\":42}");
      assertThat(added.trial(there)).isNull();
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                          | The field 'Statement' is required but was missing
          {"Statement": "select 1", "Parameters": {}} | The value for the field 'Parameters' must be a list
          {"Statement": "select 1", "MaxRows": 0}     | The value for the field 'MaxRows' must be a whole number from 1 to 10000
          {"Statement": "select 1", "Database": "x"}  | The field 'Database' is not supported
          """)
  void whatCannotBeRunIsTold(String arguments, String cause) {
    TaskOutcome.Failed failed = Invocations.failed(run(connector, arguments));
    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).startsWith(cause);
  }
}
