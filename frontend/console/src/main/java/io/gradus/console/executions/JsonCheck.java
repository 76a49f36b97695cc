package io.gradus.console.executions;

import io.gradus.asl.text.JsonLayout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Whether a text that a person wrote is JSON.
public final class JsonCheck {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonCheck() {}

  /// Why a text is not JSON, and where; both count from 1.
  public record Fault(int line, int column, String message) {
    /// For people.
    public String sentence() {
      return "Line " + line + ", column " + column + ": " + message;
    }
  }

  /// Null for JSON.
  public static @Nullable Fault fault(String text) {
    if (text.isBlank()) {
      return new Fault(1, 1, "JSON is needed here, at least {}.");
    }
    try {
      if (JSON.readTree(text).isMissingNode()) {
        return new Fault(1, 1, "JSON is needed here, at least {}.");
      }
      return null;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String message = String.valueOf(e.getOriginalMessage());
      int end = message.indexOf(" (start marker");
      return new Fault(
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr(),
          end < 0 ? message : message.substring(0, end));
    }
  }

  /// The text with one field a line and its escapes as characters; as it is where it is not JSON.
  public static String laidOut(String text) {
    String laidOut = JsonLayout.readable(text);
    return laidOut == null ? text : laidOut;
  }
}
