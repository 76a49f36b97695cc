package io.gradus.store.engine;

import static io.gradus.store.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.store.Activities;
import io.gradus.store.Database;
import io.gradus.store.Fixture;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.commit.GroupCommitter;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.SideRows.InboxRow;
import io.gradus.store.commit.SideRows.TaskRow;
import io.gradus.store.commit.SideRows.TimerRow;
import io.gradus.store.commit.Transition;
import io.gradus.store.engine.StoredExecution.Message;
import io.gradus.store.engine.Timers.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineQueuesTest {
  private static final Duration HOLD = Duration.ofSeconds(30);
  private static final TaskId TASK = new TaskId(new FrameId("r"), 5);

  private final Database database = Fixture.database();
  private final OpenTasks tasks = new OpenTasks(database.engine());
  private final Timers timers = new Timers(database.engine());
  private final Inbox inbox = new Inbox(database.engine());
  private final Nodes nodes = new Nodes(database.engine());
  private final ExecutionLoader loader = new ExecutionLoader(database.engine());
  private TenantId tenant;
  private Machine machine;
  private int me;

  @BeforeEach
  void machine() {
    tenant = Fixture.tenant();
    machine = Fixture.machine(tenant, "orders");
    // Each test is a node of its own, so that none sees the rows of another.
    me = nodes.register("n-" + tenant, Duration.ofMinutes(1), true).incarnation();
  }

  @Test
  void completesATaskOnceAndMakesATransitionDecidedMeanwhileLose() throws Exception {
    // given
    ExecutionKey key = Fixture.started(machine, "cb", me, task(0, null));
    Transition decidedMeanwhile = Fixture.move(key, 1, me, SideRows.NONE);

    // when
    var first = tasks.complete(key, TASK, message("done-1"));
    var second = tasks.complete(key, TASK, message("done-2"));

    // then
    assertThat(first).hasValue(me);
    assertThat(second).isEmpty();
    StoredExecution loaded = loader.load(List.of(key)).getFirst();
    assertThat(loaded.version()).isEqualTo(2);
    assertThat(loaded.inbox()).extracting(Message::sourceId).containsExactly("done-1");
    assertThat(tasks.find(key, TASK)).isEmpty();
    try (var committer = new GroupCommitter(database.newEngineConnection())) {
      assertThat(committer.commit(List.of(), List.of(decidedMeanwhile)).moved()).isEmpty();
    }
  }

  @Test
  void notesHeartbeatsOfOpenTasksOnly() {
    // given
    ExecutionKey key = Fixture.started(machine, "hb", 0, task(0, null));

    // when, then
    OpenTasks.OpenTask opened = tasks.find(key, TASK).orElseThrow();
    assertThat(tasks.heartbeat(key, TASK)).hasValue(0);
    assertThat(tasks.find(key, TASK).orElseThrow().heartbeatAt())
        .isNotNull()
        .isNotEqualTo(opened.heartbeatAt());
    assertThat(tasks.heartbeat(key, new TaskId(new FrameId("r"), 6))).isEmpty();
  }

  @Test
  void givesEachActivityTaskToOneWorkerOldestFirst() {
    // given
    UUID activity = UUID.randomUUID();
    new Activities(Fixture.scope())
        .create(tenant, new Activities.Activity(activity, "paint", null, Fixture.NOON));
    ExecutionKey a = Fixture.started(machine, "a", me, task(1, activity));
    ExecutionKey b = Fixture.started(machine, "b", me, task(1, activity));

    // when
    var first = tasks.claim(tenant, activity, "worker-1", c -> message("started"));
    var second = tasks.claim(tenant, activity, null, c -> message("started"));

    // then
    assertThat(tasks.activityId(tenant, "paint")).contains(activity);
    assertThat(tasks.activityId(tenant, "none")).isEmpty();
    assertThat(first)
        .hasValueSatisfying(
            claimed -> {
              assertThat(claimed.execution()).isEqualTo(a);
              assertThat(claimed.task()).isEqualTo(TASK);
              assertThat(claimed.input()).isEqualTo(bytes("input"));
              assertThat(claimed.owner()).isEqualTo(me);
            });
    assertThat(second.orElseThrow().execution()).isEqualTo(b);
    assertThat(tasks.claim(tenant, activity, "worker-3", c -> message("started"))).isEmpty();
    assertThat(tasks.find(a, TASK).orElseThrow().worker()).isEqualTo("worker-1");
    assertThat(loader.load(List.of(a)).getFirst().inbox()).hasSize(1);
  }

  @Test
  void claimsDueTimersOfItsOwnAndOfParkedExecutionsOnce() {
    // given
    Instant due = Instant.parse("2001-01-01T00:00:00Z");
    ExecutionKey mine = Fixture.started(machine, "mine", me, timers("w1@r", due.plusMillis(5)));
    ExecutionKey parked = Fixture.started(machine, "parked", 0, timers("w1@r", due));
    Fixture.started(machine, "other", me + 1_000_000, timers("w1@r", due));
    Fixture.started(machine, "later", me, timers("w1@r", due.plusSeconds(60)));

    // when
    List<Timers.Claimed> first = timers.claim(me, new Wanted(due.plusSeconds(1), HOLD, 1, null));
    List<Timers.Claimed> rest =
        timers.claim(me, new Wanted(due.plusSeconds(1), HOLD, 10, first.getLast()));
    List<Timers.Claimed> again = timers.claim(me, new Wanted(due.plusSeconds(1), HOLD, 10, null));

    // then
    assertThat(first).extracting(Timers.Claimed::execution).containsExactly(parked);
    assertThat(first.getFirst().due()).isEqualTo(due);
    assertThat(first.getFirst().owner()).isZero();
    assertThat(rest).extracting(Timers.Claimed::execution).containsExactly(mine);
    assertThat(again).isEmpty();
    assertThat(timers.delete(first)).isEqualTo(1);
    assertThat(timers.delete(first)).isZero();
    assertThat(timers.count()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aClaimThatWasNotUsedEnds() {
    // given
    Instant due = Instant.parse("2000-01-01T00:00:00Z");
    Fixture.started(machine, "mine", me, timers("w1@r", due));
    Wanted wanted = new Wanted(due.plusSeconds(1), Duration.ZERO, 10, null);

    // when, then
    assertThat(timers.claim(me, wanted)).hasSize(1);
    assertThat(timers.claim(me, wanted)).hasSize(1);
  }

  @Test
  void listsTheSecondsInWhichTimersAreDue() {
    // given
    Instant far = Instant.parse("2090-01-01T08:00:00Z");
    Fixture.started(machine, "a", me, timers("w1@r", far.plusMillis(100)));
    Fixture.started(machine, "b", me, timers("w1@r", far.plusMillis(900)));
    Fixture.started(machine, "c", me, timers("w1@r", far.plusSeconds(3)));

    // when
    List<Long> seconds = timers.dueSeconds(far, 10);

    // then
    assertThat(seconds).containsExactly(far.getEpochSecond(), far.getEpochSecond() + 3);
  }

  @Test
  void keepsMessagesForOpenExecutionsUntilTheyAreTakenIn() {
    // given
    ExecutionKey open = Fixture.started(machine, "open", me);
    ExecutionKey elsewhere = Fixture.started(machine, "elsewhere", me + 1_000_000);
    ExecutionKey over = Fixture.started(machine, "over", me);
    Fixture.commit(List.of(), List.of(Fixture.end(over, 1)));

    // when
    var first = inbox.post(open, message("stop"));
    var repeated = inbox.post(open, message("stop"));
    var tooLate = inbox.post(over, message("stop"));
    inbox.post(elsewhere, message("stop"));

    // then
    assertThat(first).hasValue(me);
    assertThat(repeated).hasValue(me);
    assertThat(tooLate).isEmpty();
    assertThat(inbox.waiting(me, null, 1_000))
        .filteredOn(w -> w.execution().tenant().equals(tenant))
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.execution()).isEqualTo(open);
              assertThat(w.message().sourceId()).isEqualTo("stop");
              assertThat(w.owner()).isEqualTo(me);
            });
  }

  @Test
  void messagesAreReadPageByPage() {
    // given
    ExecutionKey open = Fixture.started(machine, "open", me);
    for (int i = 0; i < 5; i++) {
      inbox.post(open, message("m" + i));
    }

    // when
    List<String> read = new ArrayList<>();
    List<Inbox.Waiting> page = inbox.waiting(me, null, 2);
    while (page.size() == 2) {
      page.forEach(row -> read.add(row.message().sourceId()));
      page = inbox.waiting(me, page.getLast(), 2);
    }
    page.forEach(row -> read.add(row.message().sourceId()));

    // then
    assertThat(read).contains("m0", "m1", "m2", "m3", "m4").doesNotHaveDuplicates();
  }

  @Test
  void deletesMessagesThatCameTooLate() {
    // given
    ExecutionKey parent = Fixture.started(machine, "parent", me);
    ExecutionKey child = Fixture.started(machine, "child", me);
    Fixture.commit(List.of(), List.of(Fixture.end(parent, 1)));
    SideRows toParent =
        new SideRows(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new InboxRow(parent, "child", 5, bytes("x"))),
            List.of());
    Fixture.commit(List.of(), List.of(Fixture.move(child, 1, me, toParent)));

    // when
    int deleted = 0;
    for (int batch = inbox.deleteEnded(100); batch > 0; batch = inbox.deleteEnded(100)) {
      deleted += batch;
    }

    // then
    assertThat(deleted).isPositive();
    assertThat(loader.load(List.of(parent)).getFirst().inbox()).isEmpty();
  }

  @Test
  void aLeaseThatEndedIsNotRenewed() {
    // given
    var registered = nodes.register("short-lived", Duration.ofMinutes(1), true);

    // when, then
    assertThat(nodes.renew(registered.incarnation(), Duration.ofMinutes(1)))
        .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(registered.at()));
    nodes.expire(registered.incarnation());
    assertThat(nodes.renew(registered.incarnation(), Duration.ofMinutes(1))).isEmpty();
    assertThat(nodes.list())
        .filteredOn(n -> n.incarnation() == registered.incarnation())
        .singleElement()
        .satisfies(n -> assertThat(n.alive()).isFalse());
  }

  @Test
  void findsTheDeadThatStillHaveExecutionsAndForgetsTheOthers() {
    // given
    int dead = nodes.register("gone", Duration.ofMinutes(1), true).incarnation();
    int next = nodes.register("gone", Duration.ofMinutes(1), true).incarnation();
    ExecutionKey key = Fixture.started(machine, "left", dead);

    // when, then
    assertThat(nodes.deadOwners()).doesNotContain(dead);
    assertThat(nodes.expireOthers("gone", next)).isEqualTo(1);
    assertThat(nodes.deadOwners()).contains(dead).doesNotContain(next);
    nodes.forget(Duration.ZERO);
    assertThat(nodes.list()).extracting(Nodes.Node::incarnation).contains(dead, next);
    Fixture.commit(List.of(), List.of(Fixture.end(key, 1)));
    nodes.forget(Duration.ZERO);
    assertThat(nodes.list()).extracting(Nodes.Node::incarnation).doesNotContain(dead);
  }

  @Test
  void aNamesLockIsHeldByOneConnection() throws Exception {
    // given
    var first = Nodes.tryLock(database.newEngineConnection(), "node-a").orElseThrow();

    // when, then
    assertThat(Nodes.tryLock(database.newEngineConnection(), "node-a")).isEmpty();
    assertThat(first.isHeld()).isTrue();
    first.close();
    assertThat(first.isHeld()).isFalse();
    Nodes.tryLock(database.newEngineConnection(), "node-a").orElseThrow().close();
  }

  @Test
  void hearsNotificationsAgainAfterItsConnectionWasLost() throws Exception {
    // given
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    List<Integer> pids = new ArrayList<>();
    Notifications notifications = new Notifications(database.engine());
    var listener =
        new Notifications.Listener() {
          @Override
          public void notified(String channel, String payload) {
            heard.add(channel + "=" + payload);
          }

          @Override
          public void connected() {
            heard.add("connected");
          }
        };
    try (var _ =
        Notifications.listen(
            () -> {
              var connection = database.newEngineConnection();
              pids.add(Database.backendPid(connection));
              return connection;
            },
            List.of("node-1", "all"),
            listener)) {
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");

      // when, then
      notifications.send("node-1", "x");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("node-1=x");
      database.terminateBackend(pids.getFirst());
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
      notifications.send("all", "y");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("all=y");
    }
  }

  private static Message message(String source) {
    return new Message(source, 1, bytes("payload"));
  }

  private static SideRows task(int kind, @Nullable UUID activity) {
    return new SideRows(
        List.of(),
        List.of(),
        List.of(new TaskRow(TASK, kind, activity, bytes("input"), 10)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static SideRows timers(String id, Instant due) {
    return new SideRows(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new TimerRow(id, due)),
        List.of(),
        List.of(),
        List.of());
  }
}
