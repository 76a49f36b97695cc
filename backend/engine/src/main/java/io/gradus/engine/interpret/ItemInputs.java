package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The inputs that a Map Run's children are given: items as their ItemSelector makes them, one by
/// one or in batches.
final class ItemInputs {
  private final Turn turn;
  private final FrameId frame;
  private final State.MapState state;
  private final InMapRun run;
  private final Taker taker;
  private final List<JsonNode> batch = new ArrayList<>();
  private long index;
  private long batchBytes;

  /// Who is given the inputs.
  interface Taker {
    /// Whether there is room for another one.
    boolean hasRoom();

    /// @param items how many it is made of
    void take(Payload input, int items);
  }

  /// From the item on that is next.
  ItemInputs(Turn turn, FrameId frame, InMapRun run, Taker taker) {
    this.turn = turn;
    this.frame = frame;
    this.state = MapRuns.mapState(turn, frame);
    this.run = run;
    this.taker = taker;
    this.index = run.progress().items();
    this.batchBytes = run.batching() == null ? 0 : envelope(run.batching());
  }

  /// What the next item is as an input, or as part of one.
  ///
  /// @param source where it comes from, as the context object says it
  /// @throws EvaluationFailure where the ItemSelector fails
  JsonNode input(JsonNode item, String source) {
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

  /// Adds the next item, made an input. One that there is no room for is not taken.
  void add(JsonNode input) {
    InMapRun.Batching batching = run.batching();
    index++;
    if (batching == null) {
      taker.take(Payload.of(input), 1);
      return;
    }
    int bytes = PayloadJson.MAPPER.writeValueAsBytes(input).length + 1;
    if (!batch.isEmpty() && batchBytes + bytes > batching.maxBytes()) {
      flush();
      if (!taker.hasRoom()) {
        return; // the cursor stands before this item: it opens the next batch
      }
    }
    batch.add(input);
    batchBytes += bytes;
    if (batching.maxItems() > 0 && batch.size() == batching.maxItems()) {
      flush();
    }
  }

  /// Hands out the batch at hand.
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
    taker.take(Payload.of(input), count);
  }

  /// What a batch takes besides its items.
  private static long envelope(InMapRun.Batching batching) {
    Payload own = batching.batchInput();
    long around = "{\"Items\":[]}".length();
    return own == null ? around : around + own.size() + "\"BatchInput\":,".length();
  }
}
