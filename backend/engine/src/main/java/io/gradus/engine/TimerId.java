package io.gradus.engine;

/// Names one timer of an execution.
///
/// @param eventId the event that armed it, so that a stray firing of an earlier one is told apart
public record TimerId(FrameId frame, Kind kind, long eventId) {
  /// Why the timer runs. The code is part of the stored name.
  public enum Kind {
    WAIT('w'),
    RETRY('r'),
    TASK_TIMEOUT('t'),
    HEARTBEAT('h'),
    EXECUTION_TIMEOUT('x');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    private static Kind of(char code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("expected a timer kind, found '" + code + "'");
    }
  }

  /// As in the `timer_id` column, for example `w5@r/3:1`.
  public String text() {
    return kind.code + Long.toString(eventId) + '@' + frame.value();
  }

  /// Reads [#text] back.
  ///
  /// @throws IllegalArgumentException if it is not the text of a timer
  public static TimerId parse(String text) {
    int at = text.indexOf('@');
    if (at < 2) {
      throw new IllegalArgumentException("expected a timer id, found '" + text + "'");
    }
    return new TimerId(
        new FrameId(text.substring(at + 1)),
        Kind.of(text.charAt(0)),
        Long.parseLong(text, 1, at, 10));
  }
}
