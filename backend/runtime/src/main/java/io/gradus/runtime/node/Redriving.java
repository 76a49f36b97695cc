package io.gradus.runtime.node;

import io.gradus.asl.expr.RandomSource;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.TimerId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import io.gradus.runtime.Redrivability;
import io.gradus.runtime.RedriveResult;
import io.gradus.store.commit.SideRows.FrameRow;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.engine.Redrives;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Takes executions up again that did not succeed. That is rare and reads a whole history, so it is
/// a transaction of its own and no part of a commit group; the version is the fence here too.
final class Redriving {
  private static final int TRIES = 3;
  private static final Duration STOPPING = Duration.ofSeconds(10);
  private static final RandomSource RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final Surroundings around;
  private final DatabaseShelf shelf;
  private final Redrives redrives;
  private final Loading loading;
  private final boolean moves;

  Redriving(
      Surroundings around, DatabaseShelf shelf, Redrives redrives, Loading loading, boolean moves) {
    this.around = around;
    this.shelf = shelf;
    this.redrives = redrives;
    this.loading = loading;
    this.moves = moves;
  }

  CompletionStage<RedriveResult> redrive(ExecutionKey key, @Nullable String token) {
    var result = new CompletableFuture<RedriveResult>();
    Thread.startVirtualThread(
        () -> {
          try {
            result.complete(now(key, token, around.lease().incarnation()));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /// @param mover the incarnation that is told first
  private RedriveResult now(ExecutionKey key, @Nullable String token, int mover) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Redrives.Last> last = redrives.last(key);
      if (token != null && last.isPresent() && token.equals(last.get().token())) {
        return new RedriveResult.Redriven(last.get().at());
      }
      Optional<DatabaseShelf.Ended> found = shelf.ended(key);
      if (found.isEmpty()) {
        return RedriveResult.NotFound.NOT_FOUND;
      }
      DatabaseShelf.Ended ended = found.get();
      Instant now = around.clock().now();
      String why =
          Redrivability.whyNot(
              ended.status(),
              ended.info().limits().areAws(),
              ended.lastEventId(),
              ended.stoppedAt(),
              now);
      if (why != null) {
        return new RedriveResult.NotRedrivable(why);
      }
      if (!childrenAreOver(key)) {
        return new RedriveResult.NotRedrivable(
            "Child workflow executions of its Map Runs are still being stopped");
      }
      if (redrives.reopen(key, reopened(ended, now, token))) {
        wake(key, mover);
        return new RedriveResult.Redriven(now);
      }
      // Somebody else was first; what there is now decides.
    }
    return new RedriveResult.NotRedrivable("Execution is RUNNING and cannot be redriven");
  }

  /// A child of a Map Run is taken up again, once for each token, by the node whose turn it is.
  ///
  /// @param index its place among the children
  boolean reopen(ExecutionKey child, long index, String token) {
    return now(child, token, around.lease().forChild(index)) instanceof RedriveResult.Redriven;
  }

  /// Waits a while for children that were stopped with it.
  private boolean childrenAreOver(ExecutionKey key) {
    long until = System.nanoTime() + STOPPING.toNanos();
    while (shelf.hasRunningChildren(key)) {
      if (System.nanoTime() > until) {
        return false;
      }
      LockSupport.parkNanos(20_000_000L);
    }
    return true;
  }

  private void wake(ExecutionKey key, int mover) {
    around.signals().moved(key);
    if (mover != around.lease().incarnation()) {
      around.signals().given(mover, key);
    } else if (moves) {
      loading.find(key).exceptionally(_ -> Optional.empty());
    }
  }

  private Redrives.Reopened reopened(
      DatabaseShelf.Ended ended, Instant now, @Nullable String token) {
    Decision.Accepted decision =
        Engine.redrive(
            ended.info(),
            shelf.journal(ended.info().key(), ended.lastEventId()),
            new Environment(now, RANDOM, around.tokens()));
    Execution next = decision.next();
    List<FrameRow> frames = new ArrayList<>();
    for (FrameId id : decision.touched()) {
      Frame frame = next.frame(id);
      frames.add(new FrameRow(id.value(), StateCodec.encodeFrame(frame)));
    }
    List<Redrives.Timer> timers = new ArrayList<>();
    // One that finds nothing to do still wakes the execution.
    timers.add(
        new Redrives.Timer(
            new TimerId(FrameId.ROOT, TimerId.Kind.RETRY, next.lastEventId()).text(), now));
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.ArmTimer arm && arm.deadline().stored()) {
        timers.add(new Redrives.Timer(arm.timer().text(), arm.deadline().due()));
      }
    }
    return new Redrives.Reopened(
        ended.version(),
        next.lastEventId(),
        StateCodec.encode(next),
        next.redriveCount(),
        now,
        token,
        new HistoryRun(
            next.lastEventId(),
            JournalCodec.encode(decision.facts()),
            Logged.of(ended.logs(), decision.facts(), next)),
        frames,
        timers);
  }
}
