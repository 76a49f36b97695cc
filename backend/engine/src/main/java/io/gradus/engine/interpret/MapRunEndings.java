package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.engine.Payload;
import io.gradus.engine.Rejection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a Map Run comes to its end: its results are put together or written out, it succeeds, fails
/// or is aborted.
final class MapRunEndings {
  private MapRunEndings() {}

  static Effect gather(Execution execution, FrameId frame, InMapRun run) {
    return new Effect.GatherResults(
        MapRuns.key(execution, frame, run),
        run.progress().children(),
        execution.info().limits().payloadBytes());
  }

  static @Nullable Rejection gathered(Turn turn, Command.ResultsGathered c) {
    InMapRun run = MapRuns.running(turn, c.frame(), c.startedEventId());
    if (run == null || !run.progress().gathering()) {
      return Rejection.NO_SUCH_MAP_RUN;
    }
    MapProgress.Written written = c.written();
    if (written != null) {
      MapRuns.move(turn, c.frame(), run.progress().written(written));
    }
    MapProgress.Failing failing = run.progress().failing();
    if (failing == null) {
      finish(turn, c.frame(), c.results());
    } else {
      failed(turn, c.frame(), new ErrorName(failing.error()), failing.cause());
    }
    return null;
  }

  static @Nullable Rejection hindered(Turn turn, Command.MapRunHindered c) {
    InMapRun run = MapRuns.running(turn, c.frame(), c.startedEventId());
    if (run == null) {
      return Rejection.NO_SUCH_MAP_RUN;
    }
    MapProgress progress = run.progress();
    MapProgress.Failing failing = progress.failing();
    if (failing != null) {
      boolean late = c.error().equals(ErrorName.ITEM_READER_FAILED);
      boolean opens = progress.redriving() != null && progress.redriving().opening() != null;
      if (late || !(progress.gathering() || opens)) {
        return Rejection.NO_SUCH_MAP_RUN; // a page that is not needed any more
      }
      // Its files cannot be written: it fails of what it failed before.
      failed(turn, c.frame(), new ErrorName(failing.error()), failing.cause());
    } else if (progress.reading() && progress.children() == 0) {
      failed(turn, c.frame(), c.error(), c.cause()); // there is nothing to write
    } else {
      fail(turn, c.frame(), c.error(), c.cause());
    }
    return null;
  }

  /// What is around it failed, was stopped or timed out.
  static void abort(Turn turn, FrameId frame, long previousEventId) {
    if (MapRuns.run(turn, frame).progress().settled()) {
      return;
    }
    settle(turn, frame, MapRun.Status.ABORTED);
    turn.event(frame, previousEventId, new Details.MapRunAborted());
  }

  static void fail(Turn turn, FrameId frame, EvaluationFailure failure) {
    fail(turn, frame, failure.error(), Failures.told(turn, frame, failure));
  }

  /// It fails. One that writes its results out first lets its children come to their end, and
  /// leaves them, and what was not started, in its files.
  static void fail(Turn turn, FrameId frame, ErrorName error, String cause) {
    InMapRun run = MapRuns.run(turn, frame);
    MapProgress progress = run.progress();
    boolean writes = run.sink() != null && !progress.gathering();
    boolean opens = progress.redriving() != null && progress.redriving().opening() != null;
    if (!writes && !opens) {
      failed(turn, frame, error, cause);
      return;
    }
    stopChildren(turn, run);
    MapRuns.move(
        turn,
        frame,
        progress.failing(new MapProgress.Failing(error.value(), cause, turn.environment().now())));
    MapRuns.goOn(turn, frame);
  }

  static void failFurther(Turn turn, FrameId frame, InMapRun run, MapProgress.Failing failing) {
    MapProgress progress = run.progress();
    if (progress.isQuiet() && !progress.gathering()) {
      if (run.sink() == null) {
        failed(turn, frame, new ErrorName(failing.error()), failing.cause());
        return;
      }
      MapRuns.move(turn, frame, progress.gatheringResults());
      turn.effect(gather(turn.execution(), frame, MapRuns.run(turn, frame)));
    }
    MapRuns.record(turn, frame, MapRun.Status.RUNNING, null);
  }

  private static void failed(Turn turn, FrameId frame, ErrorName error, String cause) {
    settle(turn, frame, MapRun.Status.FAILED);
    turn.event(frame, new Details.MapRunFailed(error.value(), cause));
    Failures.fail(turn, frame, Set.of(error), error, cause);
  }

  static void finish(Turn turn, FrameId frame, Payload results) {
    State.MapState state = MapRuns.mapState(turn, frame);
    try {
      Limits.check(turn, state, results);
    } catch (EvaluationFailure failure) {
      fail(turn, frame, failure);
      return;
    }
    settle(turn, frame, MapRun.Status.SUCCEEDED);
    turn.event(frame, new Details.MapRunSucceeded());
    turn.event(frame, new Details.MapSucceeded());
    try {
      States.leave(turn, frame, state, results);
    } catch (EvaluationFailure failure) {
      Failures.evaluation(turn, frame, failure);
    }
  }

  private static void settle(Turn turn, FrameId frame, MapRun.Status status) {
    InMapRun run = MapRuns.run(turn, frame);
    stopChildren(turn, run);
    MapRuns.move(turn, frame, run.progress().over());
    MapRuns.record(turn, frame, status, turn.environment().now());
  }

  static void stopChildren(Turn turn, InMapRun run) {
    if (run.progress().running() > 0) {
      turn.effect(new Effect.StopChildren(UUID.fromString(run.id())));
    }
  }
}
