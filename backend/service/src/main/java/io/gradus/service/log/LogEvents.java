package io.gradus.service.log;

import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.engine.PayloadJson;
import io.gradus.service.execution.EventDetails;
import io.gradus.store.engine.LogWriting;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// Writes events as AWS Step Functions logs them: numbers and moments are text there, and the
/// fields of the details are in alphabetical order.
final class LogEvents {
  /// What texts of one event may have in all, escaped, bytes of UTF-8: AWS cuts there, since
  /// CloudWatch Logs takes no more than 256 KB.
  static final int ROOM = 248 * 1_024;

  private static final Map<String, Object> CUT = Map.of("truncated", true);
  private static final int CONTROL = 0x20;
  private static final int ASCII = 0x80;
  private static final int TWO_BYTES = 0x800;
  private static final int THREE_BYTES = 0x1_0000;

  private final EventDetails details;

  LogEvents(EventDetails details) {
    this.details = details;
  }

  /// Whose events these are.
  ///
  /// @param data whether payloads are told
  /// @param kept whether the execution itself is kept
  record Of(ExecutionKey key, String stateMachine, String arn, boolean data, boolean kept) {}

  /// The event as the log keeps it.
  LogWriting.Event write(Of of, Fact.HistoryEvent event, int redriveCount) {
    String type = EventType.of(event.details());
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", String.valueOf(event.id()));
    out.put("type", type);
    out.put("details", cut(details.of(event.details(), of.data())));
    out.put("previous_event_id", String.valueOf(event.previousEventId()));
    out.put("event_timestamp", String.valueOf(event.timestamp().toEpochMilli()));
    out.put("execution_arn", of.arn());
    out.put("redrive_count", String.valueOf(redriveCount));
    // By way of text: half of a surrogate pair that an author wrote becomes a question mark.
    byte[] message = PayloadJson.MAPPER.writeValueAsString(out).getBytes(StandardCharsets.UTF_8);
    return new LogWriting.Event(
        of.key(),
        event.id(),
        event.timestamp(),
        of.stateMachine(),
        LogLevel.of(event.details()).code(),
        type,
        of.arn(),
        new String(message, StandardCharsets.UTF_8),
        message.length,
        of.kept());
  }

  /// The same in order, texts cut where there is no more room for them.
  private static Map<String, Object> cut(Map<String, Object> whole) {
    Map<String, Object> all = new TreeMap<>(whole);
    int room = ROOM;
    for (String name : whole.keySet()) {
      Object value = all.get(name);
      if (value instanceof String text) {
        String kept = head(text, room);
        room -= escaped(kept);
        if (kept.length() < text.length()) {
          all.put(name, kept);
          all.computeIfPresent(name + "Details", (_, _) -> CUT);
        }
      } else if (name.equals("assignedVariables") && value instanceof Map<?, ?> variables) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (Map.Entry<?, ?> variable : variables.entrySet()) {
          String text = String.valueOf(variable.getValue());
          String head = head(text, room);
          room -= escaped(head);
          kept.put(String.valueOf(variable.getKey()), head);
          if (head.length() < text.length()) {
            all.put(name + "Details", CUT);
          }
        }
        all.put(name, kept);
      }
    }
    return all;
  }

  private static int escaped(String text) {
    return measure(text, Integer.MAX_VALUE, part -> part.bytes);
  }

  /// As much of the text from its beginning as has room.
  static String head(String text, int room) {
    if (text.length() <= room / 6) { // no character takes more
      return text;
    }
    int end = measure(text, room, part -> part.end);
    return end == text.length() ? text : text.substring(0, end);
  }

  private static final class Measured {
    private int end;
    private int bytes;
  }

  private static int measure(String text, int room, ToIntFunction<Measured> wanted) {
    var part = new Measured();
    while (part.end < text.length()) {
      int point = text.codePointAt(part.end);
      int next = bytes(point);
      if (part.bytes > room - next) {
        break;
      }
      part.bytes += next;
      part.end += Character.charCount(point);
    }
    return wanted.applyAsInt(part);
  }

  /// How many bytes of UTF-8 a character takes within a JSON text.
  private static int bytes(int point) {
    if (point < CONTROL) {
      return switch (point) {
        case '\n', '\r', '\t', '\b', '\f' -> 2;
        default -> 6;
      };
    }
    if (point == '"' || point == '\\') {
      return 2;
    }
    if (point < ASCII) {
      return 1;
    }
    return point < TWO_BYTES ? 2 : point < THREE_BYTES ? 3 : 4;
  }
}
