package io.gradus.service.trigger;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When something is to happen, as EventBridge Scheduler writes it: `rate(5 minutes)`, `cron(0 9 ?
/// * MON-FRI *)`, `at(2026-12-24T18:00:00)`.
public sealed interface ScheduleExpression
    permits ScheduleExpression.Rate, ScheduleExpression.At, CronExpression {
  /// The first moment that is not before `from`; empty where there is none any more.
  ///
  /// @param anchor what a rate is counted from
  Optional<Instant> atOrAfter(Instant from, ZoneId zone, Instant anchor);

  /// Reads one.
  ///
  /// @throws Refusal ValidationException, with what is wrong with it
  static ScheduleExpression parse(String text) {
    Matcher form = Forms.FORM.matcher(text.strip());
    if (text.length() > Forms.MAX_LENGTH || !form.matches()) {
      throw refused(
          "must be rate(value unit), cron(minutes hours day-of-month month day-of-week year) or"
              + " at(yyyy-mm-ddThh:mm:ss)");
    }
    String inner = form.group(2).strip();
    return switch (form.group(1)) {
      case "rate" -> Rate.parse(inner);
      case "cron" -> CronExpression.parse(inner);
      default -> At.parse(inner);
    };
  }

  /// A refusal that says which expression it is about.
  static Refusal refused(String what) {
    return new Refusal(ErrorCode.VALIDATION, "The schedule expression " + what);
  }

  /// At a regular distance; a day has 24 hours, whatever the clocks do.
  record Rate(Duration every) implements ScheduleExpression {
    static Rate parse(String inner) {
      Matcher rate = Forms.RATE.matcher(inner);
      if (!rate.matches()) {
        throw refused(
            "rate(" + inner + ") must be a number and minutes, hours or days: rate(5 minutes)");
      }
      long value = Long.parseLong(rate.group(1));
      if (value == 0) {
        throw refused("rate(" + inner + ") must have a number of 1 or more");
      }
      return new Rate(
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(value);
            case "hour" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
          });
    }

    @Override
    public Optional<Instant> atOrAfter(Instant from, ZoneId zone, Instant anchor) {
      if (!from.isAfter(anchor)) {
        return Optional.of(anchor);
      }
      Duration gone = Duration.between(anchor, from);
      long times = gone.dividedBy(every);
      Instant last = anchor.plus(every.multipliedBy(times));
      return Optional.of(last.equals(from) ? last : last.plus(every));
    }
  }

  /// Once.
  record At(LocalDateTime time) implements ScheduleExpression {
    static At parse(String inner) {
      if (!Forms.AT.matcher(inner).matches()) {
        throw refused("at(" + inner + ") must be a day and a time: at(2026-12-24T18:00:00)");
      }
      try {
        return new At(LocalDateTime.parse(inner));
      } catch (DateTimeException e) {
        throw refused("at(" + inner + ") names a day or a time that there is not");
      }
    }

    /// A time that the clocks leave out never comes; of one that comes twice it is the first.
    @Override
    public Optional<Instant> atOrAfter(Instant from, ZoneId zone, Instant anchor) {
      if (zone.getRules().getValidOffsets(time).isEmpty()) {
        return Optional.empty();
      }
      Instant at = time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
      return at.isBefore(from) ? Optional.empty() : Optional.of(at);
    }
  }

  /// What expressions look like.
  final class Forms {
    static final int MAX_LENGTH = 256;
    private static final Pattern FORM = Pattern.compile("(rate|cron|at)\\(([^()]*)\\)");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,6})\\s+(minute|hour|day)s?");
    private static final Pattern AT =
        Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}");

    private Forms() {}
  }
}
