package io.gradus.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher against real servers: nothing here is faked.
class PostgresClusterTest {
  @TempDir Path directory;

  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void endChildren() throws Exception {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aRestartFindsItsRowsAgain() throws Exception {
    try (RunningPostgres first = PostgresCluster.open(directory)) {
      execute(first, "create table kept (word text)");
      execute(first, "insert into kept values ('still here')");
    }
    try (RunningPostgres second = PostgresCluster.open(directory)) {
      assertThat(words(second)).containsExactly("still here");
    }
  }

  @Test
  void commitsAreDurableAndOnlyThePasswordOpensTheDoor() throws Exception {
    try (RunningPostgres postgres = PostgresCluster.open(directory)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(query(postgres, "show " + setting)).as(setting).containsExactly("on");
      }
      assertThat(query(postgres, "show data_checksums")).containsExactly("on");
      assertThat(query(postgres, "show listen_addresses")).containsExactly("127.0.0.1");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.superuser(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(directory.resolve("postgres.password"))).hasSize(2);
    }
  }

  @Test
  void theEmbeddedProgramsServeWhereNoneIsInstalled() throws Exception {
    try (RunningPostgres postgres =
        PostgresCluster.open(directory, PostgresBinaries.Preference.EMBEDDED_ONLY)) {
      assertThat(postgres.binaries().source()).isEqualTo(PostgresBinaries.Source.EMBEDDED);
      execute(postgres, "create table kept (word text)");
      execute(postgres, "insert into kept values ('embedded')");
    }
    // The directory keeps the version that made it, whatever else is installed.
    try (RunningPostgres postgres = PostgresCluster.open(directory)) {
      assertThat(postgres.binaries().major()).isEqualTo(EmbeddedBinaries.major());
      assertThat(words(postgres)).containsExactly("embedded");
    }
  }

  @Test
  void aSecondOwnerIsRefusedInOneSentence() throws Exception {
    try (RunningPostgres postgres = PostgresCluster.open(directory)) {
      assertThatThrownBy(() -> PostgresCluster.open(directory))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining("Another Gradus (process " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining(directory.toString());
      try (BufferedReader said = hold()) {
        assertThat(said.readLine()).startsWith("refused: Another Gradus (process ");
      }
      assertThat(query(postgres, "select 'alive'")).containsExactly("alive");
    }
  }

  @Test
  void afterKillingTheOwnerItsServerIsReplacedAndTheRowsAreThere() throws Exception {
    BufferedReader said = hold();
    assertThat(said.readLine()).isEqualTo("ready");
    PostmasterFile leftOver = PostmasterFile.read(directory.resolve("postgres")).orElseThrow();

    children.getFirst().destroyForcibly().waitFor();

    assertThat(leftOver.isThisServerAlive()).as("the server outlives its owner").isTrue();
    try (RunningPostgres postgres = PostgresCluster.open(directory)) {
      assertThat(words(postgres)).containsExactly("from the child");
      assertThat(leftOver.isThisServerAlive()).isFalse();
    }
  }

  @Test
  void aStrangerWithTheServersOldPidIsNeitherTrustedNorHarmed() throws Exception {
    try (RunningPostgres postgres = PostgresCluster.open(directory)) {
      execute(postgres, "create table kept (word text)");
    }
    Process stranger = new ProcessBuilder("sleep", "600").start();
    children.add(stranger);
    Path cluster = directory.resolve("postgres");
    long now = System.currentTimeMillis() / 1000;
    Files.writeString(
        cluster.resolve("postmaster.pid"),
        "%d%n%s%n%d%n5432%n%n127.0.0.1%n0 0%nready%n".formatted(stranger.pid(), cluster, now));

    try (RunningPostgres postgres = PostgresCluster.open(directory)) {
      assertThat(words(postgres)).isEmpty();
    }
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void aDirectoryOfAnAbsentVersionIsRefusedWithTheRemedy() throws Exception {
    PostgresCluster.open(directory).close();
    Files.writeString(directory.resolve("postgres/PG_VERSION"), "9\n");

    assertThatThrownBy(() -> PostgresCluster.open(directory))
        .isInstanceOf(PostgresUnavailableException.class)
        .hasMessageContaining("was made by PostgreSQL 9")
        .hasMessageContaining("install it");
    // The refusal gives the directory back.
    DataDirectoryLock.take(directory).close();
  }

  private BufferedReader hold() throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HoldOpen.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    children.add(child);
    BufferedReader said = child.inputReader(StandardCharsets.UTF_8);
    // What the child logs comes first.
    BufferedReader answers = new AnswersOnly(said);
    return answers;
  }

  /// Skips log lines, which share the stream with the answers.
  private static final class AnswersOnly extends BufferedReader {
    AnswersOnly(BufferedReader source) {
      super(source);
    }

    @Override
    public String readLine() throws IOException {
      String line = super.readLine();
      while (line != null && !line.startsWith("ready") && !line.startsWith("refused")) {
        line = super.readLine();
      }
      return line;
    }
  }

  private static List<String> words(RunningPostgres postgres) throws SQLException {
    return query(postgres, "select word from kept");
  }

  private static void execute(RunningPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(RunningPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static Connection connect(RunningPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.superuser(), postgres.password());
  }
}
