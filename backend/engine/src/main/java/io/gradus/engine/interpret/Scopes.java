package io.gradus.engine.interpret;

import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.Variables;
import io.gradus.asl.model.State;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a state's expressions see: its input, the variables of its frame and those around it, and
/// the context object, which is built only when asked for.
final class Scopes {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Scopes() {}

  /// The item of a Map whose `ItemSelector` is being evaluated.
  ///
  /// @param key of a member of an object, null for others
  /// @param source where it lies: a place, or [#STATE_DATA]
  record Item(long index, JsonNode value, @Nullable String key, String source) {
    /// What the source is of items that stand in the state's data.
    static final String STATE_DATA = "STATE_DATA";

    Item(int index, JsonNode value) {
      this(index, value, null, STATE_DATA);
    }
  }

  static Scope of(Turn turn, FrameId frame) {
    return of(turn, frame, null, null);
  }

  /// The scope of a state's expressions.
  ///
  /// @param token of the task that is about to be scheduled, null where it has none
  static Scope of(Turn turn, FrameId frame, @Nullable TaskId token, @Nullable Item item) {
    Execution execution = turn.execution();
    return new Scope(
        turn.at(frame).input().json(),
        () -> turn.inspector().context(() -> context(turn, frame, token, item)),
        variables(execution, frame),
        turn.environment().now(),
        turn.environment().random(),
        turn.inspector().trace(),
        turn.allowance());
  }

  private static Variables variables(Execution execution, FrameId frame) {
    return name -> {
      for (FrameId id = frame; id != null; id = id.parent()) {
        Payload value = execution.frame(id).variables().get(name);
        if (value != null) {
          return value.json();
        }
      }
      return null;
    };
  }

  private static ObjectNode context(
      Turn turn, FrameId frame, @Nullable TaskId token, @Nullable Item item) {
    Execution execution = turn.execution();
    ExecutionInfo info = execution.info();
    ObjectNode context = PayloadJson.MAPPER.createObjectNode();
    ObjectNode about = context.putObject("Execution");
    about.put("Id", info.executionArn());
    Payload input = execution.input();
    if (input != null) {
      about.set("Input", input.json());
    }
    about.put("StartTime", MILLIS.format(info.startedAt()));
    about.put("Name", info.name());
    about.put("RoleArn", info.roleArn());
    if (info.stored()) {
      about.put("RedriveCount", execution.redriveCount());
    }
    if (execution.redrivenAt() != null) {
      about.put("RedriveTime", MILLIS.format(execution.redrivenAt()));
    }
    context
        .putObject("StateMachine")
        .put("Id", info.stateMachineArn())
        .put("Name", info.stateMachineName());
    Frame.At at = turn.at(frame);
    ObjectNode state = context.putObject("State");
    state.put("Name", at.state().value());
    state.put("EnteredTime", MILLIS.format(at.enteredAt()));
    switch (turn.state(frame)) {
      case State.Task _, State.Parallel _, State.MapState _ ->
          state.put("RetryCount", at.retryCount());
      case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {
        // AWS counts retries only where there can be any
      }
    }
    Item current = item != null ? item : itemAround(execution, frame);
    if (current != null) {
      ObjectNode placed = context.putObject("Map").putObject("Item").put("Index", current.index());
      if (current.key() != null) {
        placed.put("Key", current.key());
      }
      placed.set("Value", current.value());
      placed.put("Source", current.source());
    }
    if (token != null) {
      context.putObject("Task").put("Token", turn.environment().tokens().token(info.key(), token));
    }
    return context;
  }

  private static @Nullable Item itemAround(Execution execution, FrameId frame) {
    FrameId child = frame;
    for (FrameId id = frame.parent(); id != null; id = id.parent()) {
      if (execution.frame(id).phase() instanceof Phase.InMap map) {
        return new Item(child.index(), itemAt(map.items().json(), child.index()));
      }
      child = id;
    }
    return null;
  }

  static JsonNode itemAt(JsonNode items, int index) {
    JsonNode item = items.get(index);
    if (item == null) {
      throw new IllegalStateException("expected item " + index + " of " + items.size());
    }
    return item;
  }
}
