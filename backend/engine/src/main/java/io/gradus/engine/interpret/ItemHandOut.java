package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import io.gradus.engine.Effect;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapProgress;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Children for items that are there, one after another.
final class ItemHandOut {
  private final Turn turn;
  private final FrameId frame;
  private final State.MapState state;
  private final InMapRun run;
  private final @Nullable String source;
  private final List<JsonNode> batch = new ArrayList<>();
  private final int limit;
  private MapProgress progress;
  private int room;
  private long left = MapRuns.MAX_START_BYTES;
  private long index;
  private long batchBytes;

  ItemHandOut(Turn turn, FrameId frame, InMapRun run, @Nullable String source) {
    this.turn = turn;
    this.frame = frame;
    this.state = MapRuns.mapState(turn, frame);
    this.run = run;
    this.source = source;
    this.progress = run.progress();
    this.room = Math.min(MapRuns.MAX_STARTS, progress.room());
    this.limit = turn.execution().info().limits().payloadBytes();
    this.index = progress.items();
    this.batchBytes = run.batching() == null ? 0 : envelope(run.batching());
  }

  boolean hasRoom() {
    return room > 0 && left > 0;
  }

  MapProgress progress() {
    return progress;
  }

  void add(JsonNode item) {
    InMapRun.Batching batching = run.batching();
    JsonNode input = input(item);
    index++;
    if (batching == null) {
      start(Payload.of(input), 1);
      return;
    }
    int bytes = PayloadJson.MAPPER.writeValueAsBytes(input).length + 1;
    if (!batch.isEmpty() && batchBytes + bytes > batching.maxBytes()) {
      flush();
      if (!hasRoom()) {
        return; // the cursor stands before this item: it opens the next batch
      }
    }
    batch.add(input);
    batchBytes += bytes;
    if (batching.maxItems() > 0 && batch.size() == batching.maxItems()) {
      flush();
    }
  }

  /// Starts a child for the batch at hand.
  void flush() {
    InMapRun.Batching batching = run.batching();
    if (batching == null || batch.isEmpty()) {
      return;
    }
    ObjectNode input = PayloadJson.MAPPER.createObjectNode();
    Payload own = batching.batchInput();
    if (own != null) {
      input.set("BatchInput", own.json());
    }
    input.putArray("Items").addAll(batch);
    int count = batch.size();
    batch.clear();
    batchBytes = envelope(batching);
    start(Payload.of(input), count);
  }

  private JsonNode input(JsonNode item) {
    Expr selector = state.map().itemSelector();
    if (selector == null) {
      return item;
    }
    JsonNode value = item;
    String key = null;
    if (run.keyed()) {
      value = item.path("Value");
      key = item.path("Key").stringValue("");
    }
    Scope scope = Scopes.of(turn, frame, null, new Scopes.Item(index, value, key, source));
    return Flow.of(state).item(selector, run.effectiveInput().json(), item, scope);
  }

  private void start(Payload input, int items) {
    if (limit > 0 && input.size() > limit) {
      throw new EvaluationFailure(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The input of a child execution of the state '"
              + state.name()
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

  /// What a batch takes besides its items.
  private static long envelope(InMapRun.Batching batching) {
    Payload own = batching.batchInput();
    long around = "{\"Items\":[]}".length();
    return own == null ? around : around + own.size() + "\"BatchInput\":,".length();
  }
}
