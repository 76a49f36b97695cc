package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.http.Connection.Authorization;
import io.gradus.integrations.sql.SqlDatabase;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.OperatorsAws;
import io.gradus.service.secret.LastingKeys;
import io.gradus.service.secret.Resealing;
import io.gradus.service.secret.Seal;
import io.gradus.store.SealedRows.Sealed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Connections over a PostgreSQL of their own: who may do what, what stays secret, and what tasks
/// get.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsTest {
  private static final AwsConnections NONE = tenant -> Optional.empty();
  private static final String SECRET = "s3cret-of-the-database";

  private StoredWorld world;

  @BeforeAll
  void start() {
    world = new StoredWorld();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private static Connection.Draft sql(String name, String host, Map<String, String> secrets) {
    return new Connection.Draft(
        name,
        ConnectionKind.SQL,
        false,
        Map.of("host", host, "database", "orders", "username", "gradus", "security", "NONE"),
        secrets);
  }

  private static Connection.Draft http(String name, Map<String, String> more) {
    return new Connection.Draft(
        name,
        ConnectionKind.HTTP,
        false,
        more,
        more.containsKey("authorization") ? Map.of("key", "key-of-the-api") : Map.of());
  }

  @Test
  void aConnectionIsKeptWithoutShowingItsSecrets() {
    // given
    Caller admin = world.administrator();

    // when
    Connection made =
        world.connections.create(admin, sql("orders", "db", Map.of("password", SECRET)));

    // then
    assertThat(made.arn())
        .isEqualTo(
            "arn:aws:events:us-east-1:" + admin.account() + ":connection/orders/" + made.id());
    assertThat(made.secrets()).containsExactly("password");
    assertThat(made.settings())
        .containsEntry("port", "5432")
        .containsEntry("driver", "postgresql")
        .doesNotContainKey("password");
    assertThat(made.isDefault()).as("the first of its kind").isTrue();
    assertThat(world.connections.list(admin)).containsExactly(made);
    assertThat(world.audited(admin).toString()).contains("CreateConnection").doesNotContain(SECRET);
    assertThat(world.callable.sql().find(admin.tenant(), null))
        .hasValueSatisfying(
            database -> {
              assertThat(database.password()).isEqualTo(SECRET);
              assertThat(database.toString()).doesNotContain(SECRET);
            });
  }

  @Test
  void secretsStayUntilTheConnectionLeadsElsewhere() {
    // given
    Caller admin = world.administrator();
    world.connections.create(admin, sql("orders", "db", Map.of("password", SECRET)));
    Connection.Draft sameHost =
        new Connection.Draft(
            "orders",
            ConnectionKind.SQL,
            false,
            Map.of("host", "db", "database", "other", "username", "gradus", "security", "NONE"),
            Map.of());

    // when
    world.connections.put(admin, sameHost);

    // then
    SqlDatabase kept = world.callable.sql().find(admin.tenant(), "orders").orElseThrow();
    assertThat(kept.database()).isEqualTo("other");
    assertThat(kept.password()).isEqualTo(SECRET);
    assertThatThrownBy(
            () -> world.connections.put(admin, sql("orders", "evil.example.org", Map.of())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("give its secrets anew (Password)");
    assertThat(world.connections.describe(admin, "orders").settings()).containsEntry("host", "db");
    world.connections.put(
        admin, sql("orders", "evil.example.org", Map.of("password", "another one")));
    assertThat(world.callable.sql().find(admin.tenant(), "orders").orElseThrow().password())
        .isEqualTo("another one");
    world.connections.put(admin, sql("orders", "evil.example.org", Map.of("password", "")));
    assertThat(world.callable.sql().find(admin.tenant(), "orders").orElseThrow().password())
        .isNull();
  }

  @Test
  void whatIsKeptOpenForAConnectionIsKeptByItsRevision() {
    Caller admin = world.administrator();
    world.connections.create(admin, sql("orders", "db", Map.of()));
    String before = world.callable.sql().find(admin.tenant(), null).orElseThrow().id();
    world.connections.put(admin, sql("orders", "db", Map.of("password", SECRET)));
    assertThat(world.callable.sql().find(admin.tenant(), null).orElseThrow().id())
        .isNotEqualTo(before);
  }

  @Test
  void oneOfAKindIsTheDefault() {
    // given
    Caller admin = world.administrator();
    world.connections.create(admin, sql("one", "one", Map.of()));
    world.connections.create(admin, sql("two", "two", Map.of()));
    assertThat(world.callable.sql().find(admin.tenant(), null).orElseThrow().host())
        .isEqualTo("one");

    // when
    Connection.Draft two = sql("two", "two", Map.of());
    world.connections.put(
        admin, new Connection.Draft("two", two.kind(), true, two.settings(), Map.of()));

    // then
    assertThat(world.callable.sql().find(admin.tenant(), null).orElseThrow().host())
        .isEqualTo("two");
    assertThat(
            world.connections.list(admin).stream()
                .filter(Connection::isDefault)
                .map(Connection::name))
        .containsExactly("two");
    world.connections.delete(admin, "two");
    assertThat(world.callable.sql().find(admin.tenant(), null)).isEmpty();
    assertThat(world.callable.sql().find(admin.tenant(), "one")).isPresent();
  }

  @Test
  void anHttpConnectionIsFoundByItsArnAndItsTenantAlone() {
    // given
    Caller admin = world.administrator();
    Caller other = world.administrator();
    Connection made =
        world.connections.create(
            admin, http("api", Map.of("authorization", "API_KEY", "hosts", "api.example.org")));
    String byName = made.arn().substring(0, made.arn().lastIndexOf('/'));

    // then
    for (String arn : List.of(made.arn(), byName)) {
      assertThat(world.callable.http().find(admin.tenant(), arn))
          .hasValueSatisfying(
              found -> {
                assertThat(found.authorization())
                    .isEqualTo(new Authorization.ApiKey("X-Api-Key", "key-of-the-api"));
                assertThat(found.hosts()).containsExactly("api.example.org");
              });
      assertThat(world.callable.http().find(other.tenant(), arn)).isEmpty();
      assertThat(
              world
                  .callable
                  .http()
                  .find(other.tenant(), arn.replace(admin.account(), other.account())))
          .isEmpty();
    }
    assertThat(world.callable.http().find(admin.tenant(), byName + "/another")).isEmpty();
    assertThat(world.callable.http().find(admin.tenant(), "api")).isEmpty();
    assertThat(world.callable.sql().find(admin.tenant(), "api")).as("of another kind").isEmpty();
  }

  @Test
  void aTenantsOwnAwsConnectionGoesBeforeTheOperators() {
    // given
    Caller admin = world.administrator();
    AwsConnection operators =
        new AwsConnection("settings", "eu-west-1", null, Map.of(), null, null, true);
    AwsConnections aws = world.callable.aws(tenant -> Optional.of(operators));
    assertThat(aws.find(admin.tenant())).contains(operators);
    assertThat(world.connections.operatorsAws(admin)).isEmpty();
    world.operatorsAws = operators;
    assertThat(world.connections.operatorsAws(admin))
        .contains(new OperatorsAws("eu-west-1", null, Map.of(), null));

    // when
    world.connections.create(
        admin,
        new Connection.Draft(
            "aws",
            ConnectionKind.AWS,
            false,
            Map.of(
                "accessKeyId",
                "AKIA",
                "roleArn",
                "arn:aws:iam::123456789012:role/tasks",
                "endpoints",
                "events=http://127.0.0.1:1\ndynamodb=http://127.0.0.1:2"),
            Map.of("secretAccessKey", SECRET)));

    // then
    AwsConnection own = aws.find(admin.tenant()).orElseThrow();
    assertThat(own.operators()).isFalse();
    assertThat(world.connections.operatorsAws(admin)).isEmpty();
    assertThat(own.region()).isEqualTo("us-east-1");
    assertThat(own.endpoints()).containsOnlyKeys("eventbridge", "dynamodb");
    assertThat(own.keys()).isEqualTo(new AwsConnection.Keys("AKIA", SECRET, null));
    assertThat(aws.inRole(admin.tenant(), "arn:aws:iam::123456789012:role/tasks")).contains(own);
    assertThat(aws.inRole(admin.tenant(), "arn:aws:iam::123456789012:role/other")).isEmpty();
    assertThat(world.callable.aws(NONE).find(world.administrator().tenant())).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    Caller admin = world.administrator();
    world.connections.create(admin, sql("there", "db", Map.of()));
    refuses(
        ErrorCode.CONFLICT, () -> world.connections.create(admin, sql("there", "db", Map.of())));
    refuses(
        ErrorCode.INVALID_NAME, () -> world.connections.create(admin, sql("a/b", "db", Map.of())));
    refuses(ErrorCode.VALIDATION, () -> world.connections.put(admin, http("there", Map.of())));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.connections.describe(admin, "none"));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.connections.delete(admin, "no\0ne"));
  }

  @Test
  void onlyAdministratorsChangeThemAndEveryReaderSeesThem() {
    Caller admin = world.administrator();
    world.connections.create(admin, sql("there", "db", Map.of()));
    for (Role role : Role.values()) {
      Caller caller = world.with(admin, role);
      assertThat(world.connections.list(caller)).hasSize(1);
      if (role != Role.ADMIN) {
        refuses(
            ErrorCode.ACCESS_DENIED,
            () -> world.connections.create(caller, sql("x", "db", Map.of())));
        refuses(ErrorCode.ACCESS_DENIED, () -> world.connections.delete(caller, "there"));
      }
    }
  }

  @Test
  void tenantsAreApart() {
    Caller admin = world.administrator();
    Caller other = world.administrator();
    world.connections.create(admin, sql("orders", "db", Map.of()));
    assertThat(world.connections.list(other)).isEmpty();
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.connections.describe(other, "orders"));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.connections.delete(other, "orders"));
    world.connections.put(other, sql("orders", "elsewhere", Map.of()));
    assertThat(world.callable.sql().find(admin.tenant(), "orders").orElseThrow().host())
        .isEqualTo("db");
  }

  @Test
  void theInstallationsKeyCanBeChanged() {
    // given
    Caller admin = world.administrator();
    world.connections.create(admin, sql("orders", "db", Map.of("password", SECRET)));
    world.accessKeys.create(admin, "k", null);
    byte[] derived = new LastingKeys(world.secrets(), StoredWorld.SEAL).derive("task-tokens");
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 7);
    Seal both = new Seal(bytes, new byte[32]);
    Seal fresh = new Seal(bytes);

    // when
    assertThat(world.callable(both).sql().find(admin.tenant(), "orders").orElseThrow().password())
        .as("while it is being changed")
        .isEqualTo(SECRET);
    int changed = new Resealing(world.sealedRows(), both).run();

    // then
    assertThat(changed).isGreaterThanOrEqualTo(3);
    assertThat(world.sealedRows().all()).map(Sealed::sealed).allMatch(fresh::isCurrent);
    assertThat(new Resealing(world.sealedRows(), both).run()).as("again").isZero();
    assertThat(world.callable(fresh).sql().find(admin.tenant(), "orders").orElseThrow().password())
        .isEqualTo(SECRET);
    assertThat(new LastingKeys(world.secrets(), fresh).derive("task-tokens"))
        .as("tokens that were given out")
        .isEqualTo(derived);
    assertThatThrownBy(() -> world.callable(StoredWorld.SEAL).sql().find(admin.tenant(), "orders"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a key that it does not know");
    new Resealing(world.sealedRows(), new Seal(new byte[32], bytes)).run();
  }
}
