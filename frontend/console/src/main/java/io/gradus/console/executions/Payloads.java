package io.gradus.console.executions;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event has to show: a payload, or an error with its cause.
final class Payloads {
  private Payloads() {}

  /// An error with its cause.
  record Failure(@Nullable String error, @Nullable String cause) {}

  /// The event's input or output as JSON text; null where it has none.
  static @Nullable String of(Fact.@Nullable HistoryEvent event) {
    Payload payload =
        event == null
            ? null
            : switch (event.details()) {
              case Details.ExecutionStarted d -> d.input();
              case Details.ExecutionSucceeded d -> d.output();
              case Details.StateEntered d -> d.input();
              case Details.StateExited d -> d.output();
              case Details.MapIterationStarted d -> d.input();
              case Details.TaskScheduled d -> d.arguments();
              case Details.TaskSubmitted d -> d.output();
              case Details.TaskSucceeded d -> d.output();
              default -> null;
            };
    return payload == null ? null : payload.toString();
  }

  /// What the event says went wrong; null where it says nothing of the kind.
  static @Nullable Failure failure(Fact.@Nullable HistoryEvent event) {
    return event == null
        ? null
        : switch (event.details()) {
          case Details.ExecutionFailed d -> new Failure(d.error(), d.cause());
          case Details.ExecutionTimedOut d -> new Failure(d.error(), d.cause());
          case Details.ExecutionAborted d -> new Failure(d.error(), d.cause());
          case Details.TaskFailed d -> new Failure(d.error(), d.cause());
          case Details.MapFailed d -> new Failure(d.error(), d.cause());
          case Details.MapRunFailed d -> new Failure(d.error(), d.cause());
          case Details.EvaluationFailed d -> new Failure(d.error(), d.cause());
          default -> null;
        };
  }

  /// The variables that the event assigned, by name.
  static Map<String, Payload> assigned(Fact.@Nullable HistoryEvent event) {
    return event != null && event.details() instanceof Details.StateExited exited
        ? exited.assigned()
        : Map.of();
  }
}
