package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.migrations.SchemaMigration;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/// Measures what the commit groups alone can carry: steps of five events (666 bytes) with 200 bytes
/// of state, `open` executions at a time, ten steps each, half of them decided while the other half
/// is at the disk. Run by hand against an empty database: `CommitThroughput <jdbc url> <owner>
/// <open> <seconds>`.
final class CommitThroughput {
  private static final int STEPS = 10;
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final UUID machine = UUID.randomUUID();
  private final byte[] events = random(666);
  private final byte[] state = random(200);
  private long marks;
  private long committed;

  private record Running(ExecutionKey key, int step) {}

  public static void main(String[] arguments) throws SQLException {
    String url = arguments[0];
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(url);
    owner.setUser(arguments[1]);
    SchemaMigration.migrate(owner);
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter role gradus_engine login");
    }
    new CommitThroughput()
        .measure(url, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
  }

  private void measure(String url, int open, int seconds) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "gradus_engine");
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "set plan_cache_mode = force_generic_plan; set enable_hashjoin = off;"
                + " set enable_mergejoin = off; set enable_seqscan = off; set jit = off");
      }
      int backend = ((PGConnection) connection).getBackendPID();
      GroupCommitter committer = new GroupCommitter(connection);
      List<Running> running = new ArrayList<>();
      for (int i = 0; i < open; i++) {
        running.add(new Running(key(), 0));
      }
      for (int round = 0; round < seconds; round++) {
        long before = committed;
        long groups = 0;
        long jvm = cpuMillis(ProcessHandle.current().pid());
        long postgres = cpuMillis(backend);
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        long begun = System.nanoTime();
        while (System.nanoTime() < end) {
          group(committer, running);
          groups++;
        }
        double elapsed = (System.nanoTime() - begun) / 1e9;
        jvm = cpuMillis(ProcessHandle.current().pid()) - jvm;
        postgres = cpuMillis(backend) - postgres;
        long steps = committed - before;
        System.out.printf(
            "%,9.0f steps/s, groups of %d, %.2f ms each; CPU-s per 1,000: JVM %.4f, PostgreSQL %.4f%n",
            steps / elapsed,
            steps / groups,
            elapsed * 1000 / groups,
            jvm / (double) steps,
            postgres / (double) steps);
      }
    }
  }

  private void group(GroupCommitter committer, List<Running> running) throws SQLException {
    List<NewExecution> starts = new ArrayList<>();
    List<Transition> moves = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      Running next = running.get(i);
      boolean last = next.step() == STEPS - 1;
      Transition transition =
          new Transition(
              next.key(),
              next.step(),
              ++marks,
              1,
              last ? ExecutionStatus.SUCCEEDED : ExecutionStatus.RUNNING,
              null,
              next.step() * 5L + 5,
              state,
              new Transition.HistoryRun(next.step() * 5L + 1, events),
              SideRows.NONE);
      if (next.step() == 0) {
        starts.add(
            new NewExecution(
                transition,
                machine,
                machine,
                next.key().id().toString(),
                new byte[32],
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                null));
      } else {
        moves.add(transition);
      }
      running.set(i, last ? new Running(key(), 0) : new Running(next.key(), next.step() + 1));
    }
    CommitOutcome outcome = committer.commit(starts, moves);
    if (outcome.started().size() != starts.size() || outcome.moved().size() != moves.size()) {
      throw new IllegalStateException("expected all to win, found " + outcome);
    }
    committed += starts.size() + moves.size();
  }

  /// The processes must run on this machine.
  private static long cpuMillis(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L);
  }

  private ExecutionKey key() {
    return new ExecutionKey(tenant, Moves.id());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }
}
