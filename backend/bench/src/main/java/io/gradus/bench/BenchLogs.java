package io.gradus.bench;

import io.gradus.engine.LogLevel;
import io.gradus.runtime.Machine;
import io.gradus.service.log.LogBatches;
import io.gradus.service.log.LogFigures;
import io.gradus.service.log.LogIntake;
import io.gradus.store.Database;
import io.gradus.store.engine.HistoryReader;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.LogWriting;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Writes the log of what is run, as a server does beside its node.
final class BenchLogs implements AutoCloseable {
  /// As a server has them where no setting says otherwise.
  private static final LogBounds.Bounds BOUNDS =
      new LogBounds.Bounds(200_000, 512L << 20, Duration.ofDays(30));

  private final LogIntake intake;
  private final LogFigures figures = new LogFigures();

  private BenchLogs(Database database) {
    this.intake =
        new LogIntake(
            new LogWriting(database.engine()),
            new LogBatches(new HistoryReader(database.engine()), "us-east-1", _ -> false),
            new LogBounds(database.engine()),
            BOUNDS,
            figures,
            Clock.systemUTC());
  }

  /// Begins to write, for a machine that is to be logged.
  static BenchLogs start(TemporaryDatabase temporary, Database database, Machine machine)
      throws SQLException {
    try (Connection connection = temporary.connect()) {
      insert(
          connection,
          "insert into tenant (id, account, name) values (?, '000000000000', 'bench')"
              + " on conflict do nothing",
          BenchNode.TENANT.value());
      insert(
          connection,
          "insert into state_machine (tenant_id, id, name, type, role_arn, revision_id)"
              + " values (?, ?, ?, 0, ?, ?) on conflict do nothing",
          BenchNode.TENANT.value(),
          machine.id(),
          machine.name(),
          machine.roleArn(),
          machine.revisionId());
      insert(
          connection,
          "insert into state_machine_revision (tenant_id, state_machine_id, id, number, definition,"
              + " role_arn, logging, created_by) values (?, ?, ?, 1, '{}', ?, ?, 'bench')"
              + " on conflict do nothing",
          BenchNode.TENANT.value(),
          machine.id(),
          machine.revisionId(),
          machine.roleArn(),
          logging(machine.logs()));
    }
    return new BenchLogs(database);
  }

  private static byte[] logging(LogLevel level) {
    return ("{\"level\":\"" + level + "\",\"includeExecutionData\":true}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /// Waits until all of it is written, and tells how long that took after the last step.
  void put(TemporaryDatabase database, Map<String, Double> into)
      throws SQLException, InterruptedException {
    into.put("logsBehindSeconds", figures.behindSeconds());
    long from = System.nanoTime();
    long until = from + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < until
        && !database.text("select count(*)::text from log_due").equals("0")) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    into.put("logsCaughtUpSeconds", (System.nanoTime() - from) / 1e9);
    into.put("logsWritten", (double) figures.written());
    into.put("logsLost", (double) figures.lost());
  }

  @Override
  public void close() {
    intake.close();
  }
}
