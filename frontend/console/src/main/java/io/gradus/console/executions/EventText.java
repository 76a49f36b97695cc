package io.gradus.console.executions;

import io.gradus.engine.EventType;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskResource;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// An event as JSON for reading, with its payloads inside it to the letter.
final class EventText {
  private final StringBuilder text = new StringBuilder(256);

  private EventText() {}

  static String of(Fact.HistoryEvent event) {
    EventText json = new EventText();
    json.raw("id", String.valueOf(event.id()));
    json.raw("previousEventId", String.valueOf(event.previousEventId()));
    json.string("type", EventType.of(event.details()));
    json.string("timestamp", event.timestamp().toString());
    if (!event.frame().isRoot()) {
      json.string("frame", event.frame().value());
    }
    for (RecordComponent component : event.details().getClass().getRecordComponents()) {
      json.field(component.getName(), value(event, component));
    }
    return json.text.append('}').toString();
  }

  private static @Nullable Object value(Fact.HistoryEvent event, RecordComponent component) {
    try {
      return component.getAccessor().invoke(event.details());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected every component of an event to be readable", e);
    }
  }

  private void field(String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Payload payload -> raw(name, payload.toString());
      case Number number -> raw(name, number.toString());
      case TaskResource resource -> {
        string("resourceType", resource.type());
        string("resource", resource.resource());
      }
      case Map<?, ?> map -> {
        StringBuilder inner = new StringBuilder("{");
        map.forEach(
            (key, payload) ->
                inner
                    .append(inner.length() > 1 ? "," : "")
                    .append(quoted(String.valueOf(key)))
                    .append(':')
                    .append(payload));
        if (!map.isEmpty()) {
          raw(name, inner.append('}').toString());
        }
      }
      default -> string(name, value.toString());
    }
  }

  private void string(String name, String value) {
    raw(name, quoted(value));
  }

  private void raw(String name, String json) {
    text.append(text.isEmpty() ? '{' : ',').append(quoted(name)).append(':').append(json);
  }

  private static String quoted(String value) {
    return JsonNodeFactory.instance.stringNode(value).toString();
  }
}
