package io.gradus.bench;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.runtime.Machine;
import io.gradus.store.engine.HistoryReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// W3: executions that each wait five seconds, 5,000 more of them every second; then as many that
/// wait for one and the same moment; and what a million that wait for a day cost.
final class Waits implements Workload {
  private static final int PER_SECOND = 5_000;
  private static final int SECONDS = 5;
  private static final int EXACT = 2_000;
  private static final Payload INPUT = Payload.ofText("{}");

  @Override
  public String name() {
    return "W3";
  }

  @Override
  public String title() {
    return "executions that wait: how late, how many per second, and a million pending";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    try (TemporaryDatabase database = TemporaryDatabase.open(options)) {
      try (MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current());
          BenchNode node = BenchNode.start("bench", database.database(), new StepLoad(false))) {
        int waits = options.sizes().waits();
        paced(node, Machines.wait(1), Math.min(waits, 2 * PER_SECOND), new Lateness(1)); // warm
        settle(node);
        Lateness lateness = new Lateness(SECONDS);
        Meter meter = Meter.here(database);
        Machine five = Machines.wait(SECONDS);
        try (AutoCloseable _ = node.node().listen(lateness::moved)) {
          paced(node, five, waits, lateness);
          settle(node);
        }
        Meter.Cost cost = meter.stop(waits);
        figures.put("latenessP50Ms", lateness.samples.percentile(50));
        figures.put("latenessP99Ms", lateness.samples.percentile(99));
        figures.put("latenessMaxMs", lateness.samples.percentile(100));
        figures.put("early", early(database, five));
        cost.put(figures, "Wait");
        figures.put("timersAtOncePerSecond", burst(database, node, waits));
        memory.put(figures);
      }
      Pending.measure(database, options.sizes().pending(), figures);
      database.describe(figures);
    }
    return figures;
  }

  /// When the end of each is heard of, some milliseconds after it was durable.
  private static final class Lateness {
    private final Map<ExecutionKey, Instant> due = new ConcurrentHashMap<>();
    private final Samples samples = new Samples();
    private final int seconds;

    Lateness(int seconds) {
      this.seconds = seconds;
    }

    void moved(Set<ExecutionKey> keys) {
      Instant now = Instant.now();
      for (ExecutionKey key : keys) {
        Instant at = due.get(key);
        // Heard of before, it is its start.
        if (at != null && !now.isBefore(at.minusMillis(500)) && due.remove(key, at)) {
          samples.add(Duration.between(at, now).toNanos() / 1e6);
        }
      }
    }
  }

  private static void paced(BenchNode node, Machine machine, int count, Lateness lateness)
      throws InterruptedException {
    long from = System.nanoTime();
    for (int begun = 0; begun < count; ) {
      long wanted = (System.nanoTime() - from) * PER_SECOND / 1_000_000_000;
      for (; begun < Math.min(count, wanted); begun++) {
        node.begin(BenchNode.TENANT, machine, INPUT)
            .thenAccept(
                result -> {
                  if (result instanceof io.gradus.runtime.StartResult.Started started) {
                    lateness.due.put(
                        started.key(), started.startDate().plusSeconds(lateness.seconds));
                  }
                });
      }
      LockSupport.parkNanos(500_000);
    }
    TimeUnit.SECONDS.sleep(lateness.seconds);
  }

  /// Waits until the last is durable; returns when that was.
  private static Instant settle(BenchNode node) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (node.node().figures().hotExecutions() > 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("expected all waits to end");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    Instant durable = Instant.now();
    TimeUnit.MILLISECONDS.sleep(50); // its listeners hear of it
    return durable;
  }

  /// How many ended before their time: all by their rows, some by their history to the microsecond.
  private static double early(TemporaryDatabase database, Machine machine) throws SQLException {
    double early =
        database.number(
            "select count(*) from execution where state_machine_id = '%s' and (status <> 1 or stopped_at < started_at + interval '%d seconds')"
                .formatted(machine.id(), SECONDS));
    HistoryReader reader = new HistoryReader(database.database().engine());
    for (ExecutionKey key : some(database, machine)) {
      List<Fact.HistoryEvent> events = new ArrayList<>();
      reader
          .forward(key, 1, 100, 1 << 20)
          .forEach(
              run ->
                  JournalCodec.decode(run.events())
                      .forEach(
                          fact -> {
                            if (fact instanceof Fact.HistoryEvent event) {
                              events.add(event);
                            }
                          }));
      Instant entered = at(events, Details.StateEntered.class);
      Instant exited = at(events, Details.StateExited.class);
      if (exited.isBefore(entered.plusSeconds(SECONDS))) {
        early++;
      }
    }
    return early;
  }

  private static Instant at(List<Fact.HistoryEvent> events, Class<? extends Details> kind) {
    return events.stream()
        .filter(event -> kind.isInstance(event.details()))
        .findFirst()
        .orElseThrow()
        .timestamp();
  }

  private static List<ExecutionKey> some(TemporaryDatabase database, Machine machine)
      throws SQLException {
    List<ExecutionKey> keys = new ArrayList<>();
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select tenant_id, id from execution where state_machine_id = '%s' order by md5(id::text) limit %d"
                    .formatted(machine.id(), EXACT))) {
      while (rows.next()) {
        keys.add(
            new ExecutionKey(
                new TenantId(rows.getObject(1, UUID.class)), rows.getObject(2, UUID.class)));
      }
    }
    return keys;
  }

  /// Timers of one moment, fired per second from then on.
  private static double burst(TemporaryDatabase database, BenchNode node, int waits)
      throws Exception {
    Instant at = Instant.now().plusSeconds(5 + waits / 4_000);
    Machine machine = Machines.waitUntil();
    Payload input = Payload.ofText("{\"at\":\"" + at + "\"}");
    for (int i = 0; i < waits; i++) {
      if (i % 500 == 499) {
        node.started(machine, input); // no faster than they are durable
      } else {
        node.begin(BenchNode.TENANT, machine, input);
      }
    }
    long left = Duration.between(Instant.now(), at).toMillis();
    if (left < 0) {
      Bench.say("    the waits began %d ms too late for one moment", -left);
    }
    TimeUnit.MILLISECONDS.sleep(Math.max(0, left));
    double seconds = Duration.between(at, settle(node)).toNanos() / 1e9;
    return database.number(
            "select count(*) from execution where state_machine_id = '%s' and status = 1"
                .formatted(machine.id()))
        / seconds;
  }
}
