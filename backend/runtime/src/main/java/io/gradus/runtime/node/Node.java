package io.gradus.runtime.node;

import io.gradus.engine.Command;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.TimerId;
import io.gradus.engine.port.Connector;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.ExecutionListener;
import io.gradus.runtime.MapPorts;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.RedriveResult;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.SyncResult;
import io.gradus.runtime.TaskReport;
import io.gradus.runtime.task.TaskDispatcher;
import io.gradus.runtime.task.TaskTokens;
import io.gradus.runtime.time.DatabaseClock;
import io.gradus.runtime.time.NearWheel;
import io.gradus.runtime.time.SlotScheduler;
import io.gradus.store.Database;
import io.gradus.store.engine.ExecutionClaims;
import io.gradus.store.engine.Inbox;
import io.gradus.store.engine.Nodes;
import io.gradus.store.engine.Notifications;
import io.gradus.store.engine.OpenTasks;
import io.gradus.store.engine.Redrives;
import io.gradus.store.engine.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node. Nodes are equal: any of them can take any client's call, and any that moves
/// executions can move any execution.
public final class Node implements ExecutionGateway, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /// Transitions that wait for their commit at most, whoever made them.
  public static final int MAX_WAITING = Committer.MAX_WAITING;

  /// Workers that wait for a task at most, of all activities.
  public static final int MAX_POLLERS = ActivityPolls.MAX_ALL;

  private final NodeSettings settings;
  private final Nodes.@Nullable NameLock nameLock;
  private final DatabaseClock clock;
  private final Lease lease;
  private final Broadcast broadcast;
  private final HotExecutions hot;
  private final Deciders deciders;
  private final Committer committer;
  private final Mover mover;
  private final Loading loading;
  private final Housekeeping housekeeping;
  private final Admission admission;
  private final Starting starting;
  private final Reporting reporting;
  private final Redriving redriving;
  private final ActivityPolls polls;
  private final TaskDispatcher dispatcher;
  private final NearWheel wheel;
  private final @Nullable SlotScheduler slots;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("later").factory());
  private volatile boolean draining;

  /// @param database stays open longer than the node
  /// @param connectors what tasks can call; they may use this node once [#start] was called
  public Node(NodeSettings settings, Database database, List<Connector> connectors) {
    this(settings, database, connectors, MapPorts.NONE);
  }

  /// @param database stays open longer than the node
  /// @param connectors what tasks can call; they may use this node once [#start] was called
  /// @param maps where distributed Maps read items from and write results to
  public Node(NodeSettings settings, Database database, List<Connector> connectors, MapPorts maps) {
    this(settings, database, connectors, maps, System::nanoTime);
  }

  /// @param nanoTime counts the lease; a test's own
  Node(
      NodeSettings settings, Database database, List<Connector> connectors, LongSupplier nanoTime) {
    this(settings, database, connectors, MapPorts.NONE, nanoTime);
  }

  private Node(
      NodeSettings settings,
      Database database,
      List<Connector> connectors,
      MapPorts maps,
      LongSupplier nanoTime) {
    this.settings = settings;
    var engine = database.engine();
    var nodes = new Nodes(engine);
    var openTasks = new OpenTasks(engine);
    var inbox = new Inbox(engine);
    var claims = new ExecutionClaims(engine);
    clock = new DatabaseClock();
    nameLock = NodeName.lock(database, settings.name());
    var rhythm = settings.rhythm();
    lease =
        new Lease(
            nodes,
            settings.name(),
            new Lease.Terms(rhythm.lease(), rhythm.renewal()),
            settings.moves(),
            clock,
            nanoTime,
            new LeaseEvents());
    if (nameLock != null) {
      nodes.expireOthers(settings.name(), lease.incarnation());
    }
    hot = new HotExecutions(settings.bounds().hotBytes());
    dispatcher = new TaskDispatcher(connectors, settings.bounds().calls(), lease::isValid);
    deciders =
        new Deciders(Math.max(2, Runtime.getRuntime().availableProcessors()), dispatcher::resume);
    committer = new Committer(() -> new DatabaseLedger(database), deciders, clock);
    wheel = new NearWheel(clock, this::fire);
    broadcast =
        new Broadcast(
            new Notifications(engine),
            database::newEngineConnection,
            () -> lease.nodes() <= 1,
            new Heard());
    slots =
        settings.moves()
            ? new SlotScheduler(
                SlotScheduler.TIMERS,
                clock,
                database.quartz(),
                settings.name() + "-" + lease.incarnation(),
                this::slotDue)
            : null;
    var tokens = new TaskTokens(settings.tokenSecret());
    var around =
        new Surroundings(
            clock, () -> wheel, dispatcher, tokens, lease, this::farTimer, new Signalling());
    var activities = new ActivityIds(openTasks, System::nanoTime);
    var volumes = new DatabaseShelf(engine, settings.region(), settings.lifted());
    admission = new Admission(hot, settings);
    mover =
        new Mover(
            around,
            hot,
            committer,
            deciders,
            new Transitions(activities),
            new MapWork(new MapResults(volumes, clock::now), maps, this::reopener),
            admission::pauseAfter);
    loading = new Loading(volumes, hot, mover, lease, later);
    mover.onConflict(loading::lost);
    housekeeping =
        new Housekeeping(
            new Housekeeping.Store(volumes, claims, nodes, inbox, new Timers(engine), openTasks),
            hot,
            mover,
            loading,
            around,
            rhythm);
    starting = new Starting(around, admission, committer, mover, volumes);
    reporting =
        new Reporting(
            around,
            hot,
            mover,
            loading,
            tokens,
            new Reporting.Stores(openTasks, inbox, claims, volumes),
            settings.moves());
    redriving = new Redriving(around, volumes, new Redrives(engine), loading, settings.moves());
    polls = new ActivityPolls(openTasks, activities, tokens, this::givenToWorker);
  }

  /// Begins: takes over what the former life of this node, or dead ones, have left.
  public Node start() {
    lease.start();
    broadcast.start();
    if (settings.moves()) {
      housekeeping.start();
    }
    if (slots != null) {
      slots.start();
    }
    LOG.info(
        "Node {} runs as incarnation {}{}",
        settings.name(),
        lease.incarnation(),
        settings.moves() ? "" : " and moves no executions");
    return this;
  }

  @Override
  public CompletionStage<StartResult> start(StartRequest request) {
    return draining
        ? CompletableFuture.completedFuture(StartResult.Throttled.THROTTLED)
        : starting.start(request);
  }

  @Override
  public CompletionStage<SyncResult> runSync(StartRequest request) {
    return draining
        ? CompletableFuture.completedFuture(SyncResult.Throttled.THROTTLED)
        : starting.runSync(request);
  }

  @Override
  public CompletionStage<StopResult> stop(
      ExecutionKey execution, @Nullable String error, @Nullable String cause) {
    return reporting.stop(execution, error, cause);
  }

  @Override
  public CompletionStage<Boolean> updateMapRun(
      ExecutionKey execution, Command.UpdateMapRun update) {
    return reporting.updateMapRun(execution, update);
  }

  @Override
  public CompletionStage<RedriveResult> redrive(
      ExecutionKey execution, @Nullable String clientToken) {
    return redriving.redrive(execution, clientToken);
  }

  @Override
  public CompletionStage<CompletionResult> reportTask(
      TenantId tenant, String token, TaskReport report) {
    return reporting.report(tenant, token, report);
  }

  @Override
  public CompletionStage<CompletionResult> reportTask(
      ExecutionKey execution, TaskId task, TaskReport report) {
    return reporting.report(execution, task, report);
  }

  @Override
  public int maxPayloadBytes(TenantId tenant, String token) {
    return reporting.maxPayloadBytes(tenant, token);
  }

  @Override
  public CompletionStage<PollResult> pollActivity(
      TenantId tenant, String activityArn, @Nullable String workerName) {
    return polls.poll(tenant, activityArn, workerName);
  }

  @Override
  public void posted() {
    if (settings.moves()) {
      housekeeping.wantInbox();
    }
    broadcast.inbox();
  }

  @Override
  public AutoCloseable listen(ExecutionListener listener) {
    return broadcast.listen(listener);
  }

  /// What it does just now.
  public Figures figures() {
    return new Figures(
        lease.incarnation(),
        lease.isValid(),
        hot.size(),
        hot.bytes(),
        committer.waiting(),
        dispatcher.inFlight(),
        dispatcher.waiting(),
        wheel.size(),
        housekeeping.toPageIn(),
        loading.waiting(),
        polls.pollers(),
        new Figures.Refused(admission.refused(), polls.refused()),
        settings.bounds());
  }

  /// Database time; timers count in it.
  public Instant now() {
    return clock.now();
  }

  /// Whether it has seen that other nodes are alive.
  boolean knowsOthers() {
    return lease.nodes() > 1;
  }

  /// Ends the polls of workers, who ask another node then. Without it they would hold up the end of
  /// the server for a minute.
  public void endPolls() {
    polls.close();
  }

  /// How many nodes that move executions it has seen alive, itself among them.
  int movers() {
    return lease.movers();
  }

  /// Takes no more starts, and waits for commits and calls that are under way.
  public void drain(Duration atMost) {
    draining = true;
    long until = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < until
        && (committer.waiting() > 0 || dispatcher.inFlight() + dispatcher.waiting() > 0)) {
      LockSupport.parkNanos(20_000_000L);
    }
  }

  /// Stops. What is open goes on in another node, or in the next life of this one.
  @Override
  public void close() {
    draining = true;
    broadcast.close();
    polls.close();
    housekeeping.close();
    if (slots != null) {
      slots.close();
    }
    wheel.close();
    // Nothing is committed any more when calls are broken off: what they then say is not true.
    committer.close();
    deciders.close();
    dispatcher.close();
    loading.close();
    lease.close();
    later.shutdownNow();
    dropAll();
    for (HotExecution inMemory : hot.all()) {
      var ended = inMemory.fixed().ended();
      if (ended != null) {
        ended.completeExceptionally(new IllegalStateException("the node stops"));
      }
    }
    if (nameLock != null) {
      nameLock.close();
    }
  }

  private void dropAll() {
    for (HotExecution execution : hot.all()) {
      if (execution.fixed().kind() == HotExecution.Kind.SYNC) {
        continue;
      }
      hot.remove(execution);
      for (Delivery left : execution.leave()) {
        left.answer().complete(Answer.Elsewhere.ELSEWHERE);
      }
    }
  }

  private MapWork.Reopener reopener() {
    return redriving::reopen;
  }

  private void fire(ExecutionKey key, TimerId timer, boolean stored) {
    housekeeping.fire(key, timer, stored);
  }

  private void farTimer(Instant due) {
    if (slots != null) {
      slots.want(due);
    }
  }

  private void slotDue(long second) {
    housekeeping.claimTimers(Housekeeping.SLOT_AHEAD);
    broadcast.slot();
  }

  private void givenToWorker(ExecutionKey key, Delivery delivery) {
    HotExecution there = hot.find(key);
    if (there != null) {
      mover.deliver(there, delivery);
    } else {
      housekeeping.wantInbox();
      broadcast.inbox();
    }
  }

  private final class LeaseEvents implements Lease.Events {
    @Override
    public void lost(int former) {
      dropAll();
      dispatcher.forget(key -> hot.find(key) == null);
      housekeeping.forget();
    }

    @Override
    public void renewed() {
      dispatcher.resume();
    }
  }

  private final class Heard implements Broadcast.Hearer {
    @Override
    public void inbox() {
      if (settings.moves()) {
        housekeeping.wantInbox();
      }
    }

    @Override
    public void slot() {
      if (settings.moves()) {
        housekeeping.wantTimers();
      }
    }

    @Override
    public void activity(String tenantAndActivity) {
      polls.wake(tenantAndActivity);
    }

    @Override
    public void given(int incarnation, Set<ExecutionKey> keys) {
      if (settings.moves() && incarnation == lease.incarnation()) {
        housekeeping.takeIn(keys);
      }
    }
  }

  private final class Signalling implements Surroundings.Signals {
    @Override
    public void moved(ExecutionKey key) {
      broadcast.moved(key);
    }

    @Override
    public void posted(Write.Note note) {
      HotExecution there = hot.find(note.to());
      if (there == null) {
        Node.this.posted();
        return;
      }
      var command = InboxMessage.command(note.message(), there.execution());
      mover.deliver(there, Delivery.inbox(command, note.sourceId()));
    }

    @Override
    public void postedToMany() {
      Node.this.posted();
    }

    @Override
    public void given(int incarnation, ExecutionKey key) {
      broadcast.given(incarnation, key);
    }

    @Override
    public void activity(TenantId tenant, String activityArn) {
      polls.wake(Broadcast.activityKey(tenant, activityArn));
      broadcast.activity(tenant, activityArn);
    }
  }
}
