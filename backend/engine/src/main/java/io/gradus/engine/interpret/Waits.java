package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.engine.Deadline;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/// When a Wait is over.
final class Waits {
  /// AWS: a Wait lasts less than 99,999,999 seconds.
  private static final long MAX_SECONDS = 99_999_999;

  /// ISO 8601 has years of four digits, unless both sides agree on more.
  private static final int MAX_YEAR = 9_999;

  private Waits() {}

  static Deadline deadline(Turn turn, State.Wait state, JsonNode effective, Scope scope) {
    Flow flow = Flow.of(state);
    Instant now = turn.environment().now();
    return switch (state.until()) {
      case State.Wait.Until.Seconds s -> {
        JsonNode value = flow.field(s.seconds(), effective, "Seconds", scope);
        yield Deadline.after(Duration.ofSeconds(seconds(state, s.seconds(), value)), now);
      }
      case State.Wait.Until.Timestamp t -> {
        JsonNode value = flow.field(t.timestamp(), effective, "Timestamp", scope);
        yield Deadline.at(instant(state, t.timestamp(), value), now);
      }
    };
  }

  private static long seconds(State state, Expr written, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long seconds = value.longValue();
      if (seconds >= 0 && seconds <= MAX_SECONDS) {
        return seconds;
      }
    }
    if (written instanceof Expr.Jsonata && !value.isNumber()) {
      throw io.gradus.asl.expr.Failures.unexpectedType(written, "Seconds", "number", value);
    }
    throw state.language() == QueryLanguage.JSONATA
        ? new EvaluationFailure(
            ErrorName.QUERY_EVALUATION_ERROR,
            "The Seconds field must be a non-negative integer, but was: " + value,
            "Seconds")
        : new EvaluationFailure(
            ErrorName.RUNTIME,
            (value.isIntegralNumber()
                    ? "The SecondsPath parameter references a negative value: "
                    : "The SecondsPath parameter cannot be parsed as a long value: ")
                + path(written)
                + " == "
                + value,
            null);
  }

  private static Instant instant(State state, Expr written, JsonNode value) {
    String text = value.isString() ? value.stringValue() : value.toString();
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (Math.abs(time.getYear()) > MAX_YEAR) {
        throw new DateTimeException("expected a year that the database can keep");
      }
      return time.toInstant();
    } catch (DateTimeException _) {
      throw state.language() == QueryLanguage.JSONATA
          ? new EvaluationFailure(
              ErrorName.QUERY_EVALUATION_ERROR,
              "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time"
                  + " format string: "
                  + text,
              "Timestamp")
          : new EvaluationFailure(
              ErrorName.RUNTIME,
              "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                  + " date-time format string: "
                  + path(written)
                  + " == "
                  + text,
              null);
    }
  }

  private static String path(Expr written) {
    return written instanceof Expr.Path p ? p.text() : "$";
  }
}
