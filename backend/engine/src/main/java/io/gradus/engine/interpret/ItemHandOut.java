package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Effect;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapProgress;
import io.gradus.engine.Payload;
import tools.jackson.databind.JsonNode;

/// Children for items that are there, one after another.
final class ItemHandOut implements ItemInputs.Taker {
  private final Turn turn;
  private final FrameId frame;
  private final InMapRun run;
  private final ItemInputs inputs;
  private final int limit;
  private MapProgress progress;
  private int room;
  private long left = MapRuns.MAX_START_BYTES;

  ItemHandOut(Turn turn, FrameId frame, InMapRun run) {
    this.turn = turn;
    this.frame = frame;
    this.run = run;
    this.progress = run.progress();
    this.room = Math.min(MapRuns.MAX_STARTS, progress.room());
    this.limit = turn.execution().info().limits().payloadBytes();
    this.inputs = new ItemInputs(turn, frame, run, this);
  }

  @Override
  public boolean hasRoom() {
    return room > 0 && left > 0;
  }

  MapProgress progress() {
    return progress;
  }

  /// @throws EvaluationFailure where no child can be given it; those before it have begun
  void add(JsonNode item, String source) {
    inputs.add(inputs.input(item, source));
  }

  /// Starts a child for the batch at hand.
  void flush() {
    inputs.flush();
  }

  @Override
  public void take(Payload input, int items) {
    if (limit > 0 && input.size() > limit) {
      throw new EvaluationFailure(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The input of a child execution of the state '"
              + MapRuns.mapState(turn, frame).name()
              + "' exceeds the maximum number of bytes service limit (item "
              + progress.items()
              + ").",
          null);
    }
    turn.effect(
        new Effect.StartChild(MapRuns.key(turn, frame, run), progress.children(), items, input));
    progress = progress.started(items);
    room--;
    left -= input.size();
  }
}
