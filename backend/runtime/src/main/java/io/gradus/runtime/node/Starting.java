package io.gradus.runtime.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.StateMachine;
import io.gradus.engine.Command;
import io.gradus.engine.Engine;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.SyncResult;
import io.gradus.runtime.task.Mocks;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Starts executions: the row, the first events and the first tasks and timers are one commit.
final class Starting {
  /// AWS: an Express execution lasts at most five minutes.
  private static final int EXPRESS_SECONDS = 300;

  private final Surroundings around;
  private final HotExecutions hot;
  private final Admission admission;
  private final Committer committer;
  private final Mover mover;
  private final Names names;
  private final boolean moves;
  private final ExecutionIds ids = new ExecutionIds();

  /// Who has an execution's name.
  interface Names {
    /// @param namesake what tells it from others of the name; null where there are none
    Optional<Existing> find(StartRequest request, String name, @Nullable UUID namesake);

    /// @param parent the task that started it, null for none
    record Existing(
        ExecutionKey key,
        String executionArn,
        Instant startedAt,
        boolean running,
        byte[] inputHash,
        StartRequest.@Nullable Parent parent) {}
  }

  /// @param admission knows whether this node moves executions; otherwise those that do are told
  Starting(
      Surroundings around, Admission admission, Committer committer, Mover mover, Names names) {
    this.around = around;
    this.admission = admission;
    this.hot = admission.hot();
    this.committer = committer;
    this.mover = mover;
    this.names = names;
    this.moves = admission.moves();
  }

  CompletionStage<StartResult> start(StartRequest request) {
    if (!admission.admits(request)) {
      return CompletableFuture.completedFuture(StartResult.Throttled.THROTTLED);
    }
    Instant now = around.clock().now();
    Execution fresh = fresh(request, now, true);
    HotExecution.Kind kind =
        request.machine().express() ? HotExecution.Kind.EXPRESS : HotExecution.Kind.STANDARD;
    Fold fold =
        moves && kind == HotExecution.Kind.STANDARD
            ? Fold.of(
                fresh,
                false,
                List.of(Delivery.here(new Command.StartExecution())),
                Engine::decide,
                mover::environment)
            : null;
    boolean rests = !moves || (fold != null && Parking.restsLong(fold.next()));
    Transitions.Stamp stamp = mover.stamp();
    if (rests) {
      stamp = new Transitions.Stamp(0, stamp.movedBy());
    }
    var info = fresh.info();
    Birth birth =
        new Birth(
            request.machine(),
            info.name(),
            namesake(request, info.key().id()),
            info.executionArn(),
            hash(request),
            now,
            request.mocks(),
            request.parent(),
            request.traceHeader(),
            request.startedBy(),
            request.fork());
    var fixed =
        new HotExecution.Fixed(
            info.key(),
            Mocks.parse(request.mocks()),
            kind,
            request.machine().logs(),
            request.parent(),
            null);
    List<Children.Child> born = fold == null ? List.of() : mover.born(fixed, fold);
    Write write = mover.transitions().start(fresh, fold, Mover.writes(born), birth, stamp);
    var entry = new Start(request, fixed, fresh, fold, write, born);
    if (!committer.offer(entry)) {
      admission.refusedLater();
      return CompletableFuture.completedFuture(StartResult.Throttled.THROTTLED);
    }
    return entry.result;
  }

  CompletionStage<SyncResult> runSync(StartRequest request) {
    if (!admission.admits(request)) {
      return CompletableFuture.completedFuture(SyncResult.Throttled.THROTTLED);
    }
    Instant now = around.clock().now();
    Execution fresh = fresh(request, now, false);
    var ended = new CompletableFuture<HotExecution>();
    var fixed =
        new HotExecution.Fixed(
            fresh.info().key(),
            Mocks.parse(request.mocks()),
            HotExecution.Kind.SYNC,
            request.machine().logs(),
            null,
            ended);
    var execution = new HotExecution(fixed, fresh, 0, 4_096 + 2 * request.input().size());
    hot.putIfAbsent(execution);
    mover.deliver(execution, Delivery.here(new Command.StartExecution()));
    return ended.thenApply(over -> syncResult(over, now));
  }

  private static SyncResult syncResult(HotExecution ended, Instant startedAt) {
    Execution execution = ended.execution();
    Instant stoppedAt = execution.stoppedAt();
    return new SyncResult.Ended(
        execution.info().executionArn(),
        startedAt,
        stoppedAt == null ? startedAt : stoppedAt,
        execution,
        List.copyOf(ended.remembered()));
  }

  /// A start at the committer.
  private final class Start implements Committer.Entry {
    private final StartRequest request;
    private final HotExecution.Fixed fixed;
    private final Execution fresh;
    private final @Nullable Fold fold;
    private final Write write;
    private final List<Children.Child> born;
    private final CompletableFuture<StartResult> result = new CompletableFuture<>();

    Start(
        StartRequest request,
        HotExecution.Fixed fixed,
        Execution fresh,
        @Nullable Fold fold,
        Write write,
        List<Children.Child> born) {
      this.born = born;
      this.request = request;
      this.fixed = fixed;
      this.fresh = fresh;
      this.fold = fold;
      this.write = write;
    }

    @Override
    public Write write() {
      return write;
    }

    @Override
    public Deciders.Task settled(boolean committed, Instant at) {
      return new Deciders.Task(fixed.key().tenant(), committed ? this::begun : this::nameTaken);
    }

    @Override
    public void refused(RuntimeException why) {
      result.completeExceptionally(why);
    }

    @Override
    public void abandoned() {
      result.completeExceptionally(new IllegalStateException("the node stops"));
    }

    private void begun() {
      result.complete(
          new StartResult.Started(
              fixed.key(), fresh.info().executionArn(), fresh.info().startedAt()));
      around.signals().moved(fixed.key());
      mover.told(write);
      Execution next = fold == null ? fresh : fold.next();
      begin(next);
      mover.begun(born);
    }

    private void begin(Execution next) {
      if (!moves
          || next.status().isTerminal()
          || (write.owner() != 0 && write.owner() != around.lease().incarnation())) {
        return; // it is over, or another will find it
      }
      var execution = new HotExecution(fixed, next, 1, Mover.bytesOf(write));
      if (write.owner() != 0 && hot.putIfAbsent(execution) != execution) {
        return; // it was found in the database already
      }
      mover.follow(execution, fold);
    }

    private void nameTaken() {
      Thread.startVirtualThread(
          () -> {
            try {
              result.complete(
                  names
                      .find(request, fresh.info().name(), namesake(request, fixed.key().id()))
                      .map(this::compare)
                      .orElse(StartResult.Throttled.THROTTLED)); // gone just now: try again
            } catch (RuntimeException e) {
              result.completeExceptionally(e);
            }
          });
    }

    private StartResult compare(Names.Existing there) {
      boolean sameTask =
          request.parent() != null
              && there.parent() != null
              && request.parent().execution().equals(there.parent().execution())
              && request.parent().task().equals(there.parent().task());
      boolean same =
          there.running()
              && Arrays.equals(there.inputHash(), hash(request))
              && !request.machine().express();
      return same || sameTask
          ? new StartResult.Started(there.key(), there.executionArn(), there.startedAt())
          : new StartResult.AlreadyExists(there.executionArn());
    }
  }

  private Execution fresh(StartRequest request, Instant now, boolean stored) {
    Machine machine = request.machine();
    UUID id = ids.next(now);
    // In the order of time, as the id: random names would write to a page each of a large index.
    String name = request.name() == null ? ids.next(now).toString() : request.name();
    var info =
        new ExecutionInfo(
            new ExecutionKey(request.tenant(), id),
            executionArn(machine.arn(), machine.express(), name, id),
            name,
            machine.arn(),
            machine.name(),
            machine.roleArn(),
            machine.versionArn(),
            machine.aliasArn(),
            now,
            machine.express() ? bounded(machine.definition()) : machine.definition(),
            machine.limits(),
            stored);
    Execution fresh = Execution.fresh(info);
    Payload input = request.input().detached();
    StartRequest.Fork fork = request.fork();
    return fork == null
        ? fresh.withInput(input)
        : fresh.forkedAt(fork.state(), input, fork.variables());
  }

  static String executionArn(String machineArn, boolean express, String name, UUID id) {
    String kind = express ? ":express:" : ":execution:";
    String arn = machineArn.replaceFirst(":stateMachine:", kind) + ":" + name;
    return express ? arn + ":" + id : arn;
  }

  /// The definition with AWS's bound on how long it may run.
  static Definition bounded(Definition definition) {
    StateMachine root = definition.root();
    Integer own = root.timeoutSeconds();
    return new Definition(
        new StateMachine(
            root.startAt(),
            root.states(),
            root.language(),
            root.comment(),
            own == null ? EXPRESS_SECONDS : Math.min(own, EXPRESS_SECONDS)));
  }

  /// AWS: starts of an Express machine under one name are executions of their own. What a task
  /// starts is told by the task, which may ask again.
  private static @Nullable UUID namesake(StartRequest request, UUID id) {
    if (!request.machine().express() || request.name() == null || request.once()) {
      return null;
    }
    StartRequest.Parent parent = request.parent();
    return parent == null
        ? id
        : UUID.nameUUIDFromBytes((parent.execution().id() + " " + parent.task()).getBytes(UTF_8));
  }

  /// Tells starts of one name apart: by their input, and a fork by where it begins with what.
  private static byte[] hash(StartRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StartRequest.Fork fork = request.fork();
      if (fork != null) {
        digest.update((fork.origin().id() + " " + fork.state() + "\n").getBytes(UTF_8));
        new TreeMap<>(fork.variables())
            .forEach(
                (name, value) -> {
                  digest.update((name + " " + value.size() + "\n").getBytes(UTF_8));
                  digest.update(value.bytes());
                });
      }
      return digest.digest(request.input().bytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
