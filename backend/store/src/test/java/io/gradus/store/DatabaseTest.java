package io.gradus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.migrations.SchemaMigration;
import io.gradus.store.jdbc.DatabaseFailure;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseTest {
  @Test
  void noConnectionWorksAsTheOwnerAndNoneCanBecomeIt() throws SQLException {
    Database database = Fixture.database();
    for (DataSource pool :
        List.of(database.app(), database.platform(), database.engine(), database.quartz())) {
      try (Connection connection = pool.getConnection()) {
        String role = text(connection, "select current_user");

        assertThat(role).startsWith("gradus_");
        assertThat(text(connection, "reset role; select current_user")).isEqualTo(role);
      }
    }
  }

  @Test
  void quartzFindsItsTables() throws SQLException {
    try (Connection connection = Fixture.database().quartz().getConnection()) {
      assertThat(text(connection, "select count(*)::text from quartz.qrtz_triggers"))
          .isEqualTo("0");
    }
  }

  /// A database of a build that had a later migration, but not this one.
  @Test
  void aMigrationThatCameLateIsCaughtUpWith() throws SQLException {
    String url;
    try (Database database = Fixture.newDatabase("late")) {
      Sessions sessions = new Sessions(database.engine());
      url = sessions.<String>call(c -> c.getMetaData().getURL());
    }
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(url);
    owner.setUser("postgres");
    assertThat(SchemaMigration.migrate(owner)).isZero();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table job; delete from flyway_schema_history where version = '033'");
      assertThat(SchemaMigration.migrate(owner)).isEqualTo(1);
      assertThat(text(connection, "select count(*)::text from job")).isEqualTo("0");
    }
    assertThat(SchemaMigration.migrate(owner)).isZero();
  }

  @Test
  void aTransactionThatFailedLeavesNoTenantBehind() throws SQLException {
    // given
    TenantScope scope = Fixture.scope();
    var tenant = Fixture.tenant();
    assertThatThrownBy(
            () ->
                scope.run(
                    tenant,
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    // when, then
    for (int i = 0; i < 4; i++) {
      try (Connection connection = Fixture.database().app().getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(text(connection, "select count(*)::text from tenant")).isEqualTo("0");
      }
    }
  }

  @Test
  void poolsHealWhenTheServerDropsEveryConnection() throws SQLException {
    try (Database database = Fixture.newDatabase("healing")) {
      // given
      Sessions sessions = new Sessions(database.engine());
      assertThat(sessions.<String>call(c -> text(c, "select 'first'"))).isEqualTo("first");
      try (Connection own = database.newEngineConnection();
          Connection owner = Fixture.owner()) {
        int dropped =
            Integer.parseInt(
                text(
                    owner,
                    "select count(pg_terminate_backend(pid, 5000))::text from pg_stat_activity"
                        + " where datname = 'healing'"));

        // when, then
        assertThat(dropped).isGreaterThanOrEqualTo(5);
        assertThat(own.isValid(5)).isFalse();
      }
      assertThat(eventually(() -> sessions.<String>call(c -> text(c, "select 'again'"))))
          .isEqualTo("again");
    }
  }

  @Test
  void endsABackendAndKnowsOneThatIsGone() throws SQLException {
    // given
    Database database = Fixture.database();
    try (Connection connection = database.newEngineConnection()) {
      int pid = Database.backendPid(connection);

      // when
      database.terminateBackend(pid);
      database.terminateBackend(pid);

      // then
      assertThat(connection.isValid(5)).isFalse();
    }
  }

  @Test
  void tellsWhatAFailureMeans() {
    assertThat(kindOf("40P01")).isEqualTo(DatabaseFailure.Kind.AGAIN);
    assertThat(kindOf("53100")).isEqualTo(DatabaseFailure.Kind.AGAIN);
    assertThat(kindOf("55P03")).isEqualTo(DatabaseFailure.Kind.AGAIN);
    assertThat(kindOf("57014")).isEqualTo(DatabaseFailure.Kind.AGAIN);
    assertThat(kindOf("22021")).isEqualTo(DatabaseFailure.Kind.REFUSED);
    assertThat(kindOf("23505")).isEqualTo(DatabaseFailure.Kind.REFUSED);
    assertThat(kindOf("08006")).isEqualTo(DatabaseFailure.Kind.UNKNOWN);
    assertThat(kindOf("57P01")).isEqualTo(DatabaseFailure.Kind.UNKNOWN);
    assertThat(kindOf("40003")).isEqualTo(DatabaseFailure.Kind.UNKNOWN);
    assertThat(DatabaseFailure.of(new SQLException("no state")).kind())
        .isEqualTo(DatabaseFailure.Kind.UNKNOWN);
    assertThat(DatabaseFailure.unreachable(new SQLException("none", "08001")).kind())
        .isEqualTo(DatabaseFailure.Kind.AGAIN);
  }

  private interface Attempt {
    String run();
  }

  /// A connection used a moment ago is lent unchecked, so the first to find it dead is told so.
  private static String eventually(Attempt attempt) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (true) {
      try {
        return attempt.run();
      } catch (DatabaseFailure e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
      }
    }
  }

  private static DatabaseFailure.Kind kindOf(String state) {
    return DatabaseFailure.of(new SQLException("failed", state)).kind();
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
