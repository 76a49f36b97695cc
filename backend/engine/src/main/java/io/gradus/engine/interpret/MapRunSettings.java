package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a distributed Map says of its batches, where its items are read and where its results go,
/// evaluated once, as its Map Run begins.
final class MapRunSettings {
  private MapRunSettings() {}

  static InMapRun.@Nullable Batching batching(
      Turn turn, State.MapState state, JsonNode effective, Scope scope, long anchor) {
    MapSpec.Batcher batcher = state.map().batcher();
    if (batcher == null) {
      return null;
    }
    Flow flow = Flow.of(state);
    long items = bound(flow, batcher.maxItems(), "MaxItemsPerBatch", effective, scope);
    long bytes = bound(flow, batcher.maxInputBytes(), "MaxInputBytesPerBatch", effective, scope);
    int payload = turn.execution().info().limits().payloadBytes();
    int most = payload > 0 ? payload : ExecutionInfo.Limits.MAX_PAYLOAD_BYTES;
    Expr input = batcher.input();
    return new InMapRun.Batching(
        (int) Math.min(items, Integer.MAX_VALUE),
        bytes == 0 ? most : (int) Math.min(bytes, most),
        input == null
            ? null
            : Payload.of(flow.field(input, effective, "BatchInput", scope))
                .at(new Origin(anchor, "batchInput")));
  }

  static InMapRun.@Nullable Source source(
      State.MapState state, JsonNode effective, Scope scope, long anchor) {
    MapSpec.Source source = state.map().source();
    if (source == null) {
      return null;
    }
    Flow flow = Flow.of(state);
    long maxItems = 0;
    Expr written = source.maxItems();
    if (written != null) {
      JsonNode value = flow.field(written, effective, "MaxItems", scope);
      maxItems = whole(written, value, "MaxItems");
      if (maxItems <= 0) {
        throw new EvaluationFailure(
            ErrorName.ITEM_READER_FAILED, "field MaxItems must be positive", null);
      }
    }
    return new InMapRun.Source(
        object(flow, source.config(), effective, "ReaderConfig", scope)
            .at(new Origin(anchor, "readerConfig")),
        object(flow, source.arguments(), effective, "Arguments", scope)
            .at(new Origin(anchor, "readerArguments")),
        maxItems);
  }

  static InMapRun.@Nullable Sink sink(
      State.MapState state, JsonNode effective, Scope scope, long anchor) {
    MapSpec.Sink sink = state.map().sink();
    return sink == null || sink.resource() == null
        ? null
        : new InMapRun.Sink(
            object(Flow.of(state), sink.arguments(), effective, "Arguments", scope)
                .at(new Origin(anchor, "writerArguments")));
  }

  private static Payload object(
      Flow flow, @Nullable Expr expr, JsonNode effective, String field, Scope scope) {
    return Payload.of(
        expr == null
            ? PayloadJson.MAPPER.createObjectNode()
            : flow.field(expr, effective, field, scope));
  }

  private static long bound(
      Flow flow, @Nullable Expr expr, String field, JsonNode effective, Scope scope) {
    if (expr == null) {
      return 0;
    }
    long value = whole(expr, flow.field(expr, effective, field, scope), field);
    if (value < 0) {
      throw Tolerances.failure(expr, field, "field " + field + " must be positive");
    }
    return value;
  }

  /// A whole number, or a text that is one, as AWS takes it.
  private static long whole(Expr expr, JsonNode value, String field) {
    Double number = Tolerances.number(value);
    if (number == null || number != Math.rint(number) || Math.abs(number) > 1e15) {
      throw Tolerances.notA("integer", field, expr, value);
    }
    return number.longValue();
  }
}
