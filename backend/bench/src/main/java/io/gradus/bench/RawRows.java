package io.gradus.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The ground under W1: the very rows of a step, written to plain tables of the same PostgreSQL in
/// groups of the same size, with nothing decided and nothing checked.
final class RawRows {
  private static final int HISTORY_BYTES = 600;
  private static final int STATE_BYTES = 200;

  private static final String INSERT =
      """
      insert into raw_history select * from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[]);
      insert into raw_state select * from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bytea[])""";

  private RawRows() {}

  /// What plain rows come to.
  ///
  /// @param cost of rows, of this process and of PostgreSQL
  record Rate(double rowsPerSecond, Meter.Cost cost) {}

  /// Rows per second, by one writer.
  ///
  /// @param group rows of each kind that go to disk together
  static double perSecond(TemporaryDatabase database, int group, int seconds) throws SQLException {
    return measure(database, group, 1, seconds).rowsPerSecond();
  }

  /// The same by as many writers at once, and what they cost: more on the same machine make each
  /// other's rows dearer.
  static Rate measure(TemporaryDatabase database, int group, int writers, int seconds)
      throws SQLException {
    try (Connection connection = database.connect();
        var ddl = connection.createStatement()) {
      ddl.execute(
          """
          create table if not exists raw_history (tenant_id uuid, execution_id uuid, first_event_id bigint,
            moved_by bigint, events bytea, primary key (tenant_id, execution_id, first_event_id));
          create table if not exists raw_state (tenant_id uuid, id uuid, version bigint, state bytea,
            primary key (tenant_id, id));
          alter table raw_history alter column events set storage external""");
    }
    long from = System.nanoTime();
    long until = from + seconds * 1_000_000_000L;
    Meter meter = Meter.here(database);
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<Long>> writing = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int seed = i;
        writing.add(threads.submit(() -> write(database, new Batch(group, seed), until)));
      }
      long rows = 0;
      for (Future<Long> each : writing) {
        rows += each.get();
      }
      double rate = rows / ((System.nanoTime() - from) / 1e9);
      return new Rate(rate, meter.stop((double) rows));
    } catch (InterruptedException | ExecutionException e) {
      throw new SQLException("Raw rows could not be written", e);
    }
  }

  private static long write(TemporaryDatabase database, Batch batch, long untilNanos)
      throws SQLException {
    long rows = 0;
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      while (System.nanoTime() < untilNanos) {
        batch.bind(connection, statement);
        statement.execute();
        rows += 2L * batch.size;
      }
    }
    return rows;
  }

  /// What a commit of one row of each kind takes when nothing else is going on: the median, in ms.
  static double commitMs(TemporaryDatabase database) throws SQLException {
    perSecond(database, 1, 1); // the tables are there, and the plans
    Samples samples = new Samples();
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Batch batch = new Batch(1, 0);
      for (int i = 0; i < 500; i++) {
        batch.bind(connection, statement);
        long from = System.nanoTime();
        statement.execute();
        samples.add((System.nanoTime() - from) / 1e6);
      }
    }
    return samples.median();
  }

  private static final class Batch {
    private final Random random;
    private final UUID tenant = new UUID(7, 7);
    private final int size;
    private final byte[] history = new byte[HISTORY_BYTES];
    private final byte[] state = new byte[STATE_BYTES];

    Batch(int size, int seed) {
      this.size = size;
      random = new Random(seed);
      random.nextBytes(history);
      random.nextBytes(state);
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
      UUID[] tenants = new UUID[size];
      UUID[] ids = new UUID[size];
      Long[] numbers = new Long[size];
      byte[][] histories = new byte[size][];
      byte[][] states = new byte[size][];
      for (int i = 0; i < size; i++) {
        tenants[i] = tenant;
        ids[i] = new UUID(System.currentTimeMillis() << 16, random.nextLong());
        numbers[i] = (long) i;
        histories[i] = history;
        states[i] = state;
      }
      int at = 1;
      statement.setArray(at++, connection.createArrayOf("uuid", tenants));
      statement.setArray(at++, connection.createArrayOf("uuid", ids));
      statement.setArray(at++, connection.createArrayOf("int8", numbers));
      statement.setArray(at++, connection.createArrayOf("int8", numbers));
      statement.setArray(at++, connection.createArrayOf("bytea", histories));
      statement.setArray(at++, connection.createArrayOf("uuid", tenants));
      statement.setArray(at++, connection.createArrayOf("uuid", ids));
      statement.setArray(at++, connection.createArrayOf("int8", numbers));
      statement.setArray(at, connection.createArrayOf("bytea", states));
    }
  }
}
