package io.gradus.console.logs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.text.JsonLayout;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.LogLevel;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How events of logs are put into words.
final class LogWords {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BRIEF = 160;

  private LogWords() {}

  /// A level as something to filter by.
  static String choice(LogLevel level) {
    return switch (level) {
      case ALL -> "All events";
      case ERROR -> "Errors";
      case FATAL -> "Failed executions";
      case OFF -> "Nothing";
    };
  }

  /// The level of an event.
  static Component mark(LogLevel level) {
    return switch (level) {
      case FATAL -> new StatusMark(Status.FAILED, "Fatal");
      case ERROR -> new StatusMark(Status.CAUGHT, "Error");
      case ALL, OFF -> {
        var word = new Span("Event");
        word.addClassName("g-secondary");
        yield word;
      }
    };
  }

  /// What an event is about, in a line: its state, its error and cause, or its resource.
  static String about(String message) {
    try {
      JsonNode details = JSON.readTree(message).path("details");
      String error = details.path("error").asString("");
      String cause = details.path("cause").asString("");
      if (!error.isEmpty() || !cause.isEmpty()) {
        return brief(error.isEmpty() || cause.isEmpty() ? error + cause : error + ": " + cause);
      }
      String name = details.path("name").asString("");
      return brief(name.isEmpty() ? details.path("resource").asString("") : name);
    } catch (JacksonException _) {
      return "";
    }
  }

  private static String brief(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= BRIEF ? line : line.substring(0, BRIEF) + "…";
  }

  /// A message over several lines.
  static String laidOut(String message) {
    return Objects.requireNonNullElse(JsonLayout.readable(message), message);
  }
}
