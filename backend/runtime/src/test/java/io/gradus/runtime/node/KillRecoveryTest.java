package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Details;
import io.gradus.engine.Engine;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.Machine;
import io.gradus.runtime.TaskReport;
import io.gradus.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// A node is killed (-9) again and again under load; after each death it starts anew. In the end
/// everything that was acknowledged has ended exactly as it should.
class KillRecoveryTest {
  private static final Logger LOG = LoggerFactory.getLogger(KillRecoveryTest.class);
  private static final long SEED = 20_261_122L;
  private static final int KILLS = 20;
  private static final int IN_FLIGHT = 50;
  private static final int NAMES_PER_LIFE = 10_000;

  private final Set<String> tried = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void everyExecutionEndsAsItShouldHoweverOftenItsNodeIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (TestDatabase database = new TestDatabase();
        Database pools = database.open();
        Node desk = new Node(World.settings("desk").withMoves(false), pools, List.of()).start();
        Callbacks callbacks = new Callbacks(desk);
        KillWorker worker = new KillWorker(callbacks::later)) {
      UUID machine = database.machine(KillScenario.MACHINE, false, KillScenario.DEFINITION);
      UUID child = database.machine(KillScenario.CHILD, false, KillScenario.CHILD_DEFINITION);
      String[] arguments = {
        "" + database.port(), "" + worker.port(), machine.toString(), child.toString()
      };
      for (int life = 0; life < KILLS; life++) {
        killOneLife(arguments, life, random);
      }
      Target last = new Target(arguments, 0, false);
      World.await(
          "all executions to end",
          Duration.ofSeconds(90),
          () -> database.count("execution where status = 0") == 0);
      last.kill();
      check(database, worker);
    }
  }

  private void killOneLife(String[] arguments, int life, Random random) throws Exception {
    Target target = new Target(arguments, life * NAMES_PER_LIFE, true);
    World.await("fifty tasks and timers", Duration.ofSeconds(60), target::isBusy);
    LockSupport.parkNanos(random.nextInt(150) * 1_000_000L);
    World.await("fifty tasks and timers", Duration.ofSeconds(60), target::isBusy);
    int calls = target.calls;
    int timers = target.timers;
    target.kill();
    LOG.info("Killed life {} with {} tasks and {} timers in flight", life, calls, timers);
    assertThat(calls).isGreaterThanOrEqualTo(IN_FLIGHT);
    assertThat(timers).isGreaterThanOrEqualTo(IN_FLIGHT);
  }

  /// A life of the node.
  private final class Target {
    final Process process;
    final Thread reader;
    volatile int calls;
    volatile int timers;

    Target(String[] arguments, int from, boolean load) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m"));
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              KillTarget.class.getName()));
      command.addAll(List.of(arguments));
      command.addAll(List.of("" + from, "" + load));
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      reader = Thread.ofVirtual().start(this::read);
    }

    /// With -9, and by its handle: the process itself would throw away what was not read yet.
    void kill() throws InterruptedException {
      process.toHandle().destroyForcibly();
      process.waitFor();
      reader.join();
    }

    boolean isBusy() {
      return calls >= IN_FLIGHT && timers >= IN_FLIGHT;
    }

    private void read() {
      try (var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          hear(line);
        }
      } catch (IOException e) {
        LOG.debug("The target's output ended with it", e);
      }
    }

    private void hear(String line) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "AT" -> {
          if (words.length == 3) {
            calls = Integer.parseInt(words[1]);
            timers = Integer.parseInt(words[2]);
          }
        }
        case "TRY" -> tried.add(words[1]);
        case "ACK" -> acknowledged.add(words[1]);
        default -> LOG.info("target: {}", line);
      }
    }
  }

  /// Answers task tokens a moment later, through a node that moves nothing.
  private static final class Callbacks implements AutoCloseable {
    private final Node desk;
    private final java.util.concurrent.ScheduledExecutorService later =
        Executors.newScheduledThreadPool(2);
    private final Map<String, Integer> done = new ConcurrentHashMap<>();

    Callbacks(Node desk) {
      this.desk = desk;
    }

    void later(String token, int n) {
      var _ = later.schedule(() -> report(token, n), 200, TimeUnit.MILLISECONDS);
    }

    private void report(String token, int n) {
      var report = new TaskReport.Success(Payload.ofText("{\"for\":" + n + "}"));
      desk.reportTask(World.TENANT, token, report)
          .whenComplete(
              (result, failure) -> {
                if (failure != null) {
                  later(token, n);
                } else if (result == CompletionResult.DONE) {
                  done.merge(token, 1, Integer::sum);
                }
              });
    }

    @Override
    public void close() {
      later.shutdownNow();
      assertThat(done.values()).as("a token closes once").allMatch(times -> times == 1);
    }
  }

  private void check(TestDatabase database, KillWorker worker) {
    Map<String, List<String>> byName = new HashMap<>();
    List<List<String>> rows =
        database.rows(
            "select e.name, e.id, e.status, encode(e.state, 'hex'), m.name, e.last_event_id,"
                + " coalesce(e.map_state, '')"
                + " from execution e join state_machine m on m.id = e.state_machine_id");
    Map<String, List<byte[]>> runs = new HashMap<>();
    for (List<String> row :
        database.rows(
            "select execution_id, encode(events, 'hex') from history order by 1, first_event_id")) {
      runs.computeIfAbsent(row.get(0), _ -> new ArrayList<>())
          .add(HexFormat.of().parseHex(row.get(1)));
    }
    int children = 0;
    int items = 0;
    Set<Long> applied = new HashSet<>();
    for (List<String> row : rows) {
      boolean child = row.get(4).equals(KillScenario.CHILD);
      assertThat(row.get(2)).as(row.get(0)).isEqualTo("1");
      List<Fact> journal = new ArrayList<>();
      runs.getOrDefault(row.get(1), List.of())
          .forEach(run -> journal.addAll(JournalCodec.decode(run)));
      checkJournal(row, journal, worker, applied);
      if (!row.get(6).isEmpty()) {
        items++;
      } else if (child) {
        children++;
      } else {
        byName.put(row.get(0), row);
      }
    }
    assertThat(byName.keySet()).as("acknowledged starts are there").containsAll(acknowledged);
    assertThat(tried).as("nothing is there that nobody started").containsAll(byName.keySet());
    for (String table : List.of("task", "timer", "frame")) {
      assertThat(database.count(table)).as("rows left in " + table).isZero();
    }
    assertThat(items).as("children of Map Runs").isPositive();
    assertThat(
            database.rows(
                "select r.id from map_run r left join execution e"
                    + " on e.tenant_id = r.tenant_id and e.map_run_id = r.id group by r.tenant_id, r.id"
                    + " having r.status <> 1 or r.succeeded <> r.total_items"
                    + " or count(e.id) <> r.total_items or count(distinct e.item_index) <> r.total_items"))
        .as("Map Runs that did not begin each item exactly once")
        .isEmpty();
    LOG.info(
        "{} executions, {} items of Map Runs and {} children ended as they should; {} calls, {} results applied",
        byName.size(),
        items,
        children,
        worker.calls(),
        applied.size());
  }

  private static void checkJournal(
      List<String> row, List<Fact> journal, KillWorker worker, Set<Long> applied) {
    String name = row.get(0);
    long id = 0;
    Map<Long, Integer> closed = new HashMap<>();
    Map<String, Fact.HistoryEvent> entered = new HashMap<>();
    Map<String, Long> scheduled = new HashMap<>();
    for (Fact fact : journal) {
      if (!(fact instanceof Fact.HistoryEvent event)) {
        continue;
      }
      assertThat(event.id()).as("gapless ids of " + name).isEqualTo(++id);
      assertThat(event.previousEventId()).isLessThan(event.id());
      switch (event.details()) {
        case Details.TaskScheduled _ -> scheduled.put(event.frame().value(), event.id());
        case Details.TaskSucceeded d -> {
          long attempt = known(scheduled.get(event.frame().value()));
          closed.merge(attempt, 1, Integer::sum);
          JsonNode output = d.output().isResolved() ? d.output().json() : null;
          if (output != null && output.has("call")) {
            long call = output.get("call").longValue();
            assertThat(applied.add(call)).as("a result applied twice: " + call).isTrue();
            var key =
                new ExecutionKey(new TenantId(TestDatabase.TENANT), UUID.fromString(row.get(1)));
            String idempotencyKey =
                key.id() + "." + new TaskId(event.frame(), attempt).frame() + "." + attempt;
            assertThat(worker.answers(idempotencyKey)).as("answers given").contains(call);
          }
        }
        case Details.TaskFailed _ ->
            closed.merge(known(scheduled.get(event.frame().value())), 1, Integer::sum);
        case Details.StateEntered d -> entered.put(event.frame() + d.name().value(), event);
        case Details.StateExited d -> {
          if (d.name().value().equals("Nap")) {
            var since = known(entered.get(event.frame() + d.name().value()));
            int n = Integer.parseInt(name.substring(1));
            JsonNode input = PayloadJson.MAPPER.readTree(KillScenario.input(n));
            assertThat(event.timestamp())
                .as("early: " + name)
                .isAfterOrEqualTo(since.timestamp().plusSeconds(input.get("nap").intValue()));
          }
        }
        default -> {}
      }
    }
    assertThat(closed.values()).as("each attempt ends once").allMatch(times -> times == 1);
    assertThat(id).isEqualTo(Long.parseLong(row.get(5)));
    checkFold(row, journal);
  }

  /// What a child of a Map Run runs.
  private static Machine processor(Machine machine, String map) {
    Definition own = machine.definition().processorOf(new StateName(map));
    return new Machine(
        machine.id(),
        machine.revisionId(),
        machine.arn(),
        machine.name(),
        machine.roleArn(),
        null,
        null,
        map.equals("Express"),
        map.equals("Express") ? Starting.bounded(own) : own,
        machine.limits());
  }

  private static <T> T known(@Nullable T value) {
    return Objects.requireNonNull(value, "expected an event before this one");
  }

  /// State is the fold of the journal, and the output what the input asks for.
  private static void checkFold(List<String> row, List<Fact> journal) {
    boolean child = row.get(4).equals(KillScenario.CHILD);
    var machine =
        World.machine(
            UUID.randomUUID(),
            row.get(4),
            false,
            child ? KillScenario.CHILD_DEFINITION : KillScenario.DEFINITION);
    String map = row.get(6);
    Execution folded =
        World.fresh(
            map.isEmpty() ? machine : processor(machine, map),
            UUID.fromString(row.get(1)),
            row.get(0));
    for (Fact fact : journal) {
      folded = Engine.apply(folded, fact);
    }
    assertThat(StateCodec.encode(folded))
        .as("fold of " + row.get(0))
        .isEqualTo(HexFormat.of().parseHex(row.get(3)));
    if (child || !map.isEmpty()) {
      return;
    }
    int n = Integer.parseInt(row.get(0).substring(1));
    JsonNode input = PayloadJson.MAPPER.readTree(KillScenario.input(n));
    JsonNode output = folded.output() == null ? input : World.resolved(folded, journal).json();
    JsonNode both = output.get("both");
    assertThat(both.get(0).intValue()).isEqualTo(4 * n);
    assertThat(both.get(1).intValue()).isEqualTo(n);
    List<Integer> items = new ArrayList<>();
    both.get(2).forEach(item -> items.add(item.intValue()));
    List<Integer> expected = new ArrayList<>();
    input.get("items").forEach(item -> expected.add(2 * item.intValue()));
    assertThat(items).isEqualTo(expected);
    assertThat(output.path("kid").path("twice").asInt(0))
        .isEqualTo(input.get("child").booleanValue() ? 2 * n : 0);
    if (!input.get("run").stringValue().equals("NONE")) {
      List<Integer> ran = new ArrayList<>();
      output.get("run").forEach(item -> ran.add(item.intValue()));
      assertThat(ran).isEqualTo(expected);
    }
    assertThat(output.get("answer").get("for").intValue()).isEqualTo(n);
  }
}
