package io.gradus.service.trigger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The six fields of AWS's cron expressions: minutes, hours, day-of-month, month, day-of-week,
/// year.
///
/// When clocks are set forward, times that are left out do not fire. When they are set back, a time
/// that comes twice fires the first time only; one of every hour fires in both.
final class CronExpression implements ScheduleExpression {
  private static final int FIELDS = 6;
  private static final int MONTHS = 12;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final BitSet years;
  private final Predicate<LocalDate> days;
  private final boolean hourly;

  private CronExpression(List<String> fields) {
    minutes = CronField.MINUTES.read(fields.get(0));
    hours = CronField.HOURS.read(fields.get(1));
    months = CronField.MONTHS.read(fields.get(3));
    years = CronField.YEARS.read(fields.get(5));
    days = CronDays.of(fields.get(2), fields.get(4));
    hourly = fields.get(1).startsWith("*");
  }

  static CronExpression parse(String inner) {
    List<String> fields = List.of(inner.split("\\s+"));
    if (fields.size() != FIELDS) {
      throw ScheduleExpression.refused(
          "cron(%s) has %d fields: it takes six, for minutes, hours, day-of-month, month, day-of-week and year"
              .formatted(inner, inner.isEmpty() ? 0 : fields.size()));
    }
    return new CronExpression(fields);
  }

  /// Looks through one stretch of the zone's time after another, each with one offset from UTC.
  @Override
  public Optional<Instant> atOrAfter(Instant from, ZoneId zone, Instant anchor) {
    ZoneRules rules = zone.getRules();
    Instant at = from;
    while (true) {
      ZoneOffset offset = rules.getOffset(at);
      LocalDateTime local = localAtOrAfter(LocalDateTime.ofInstant(at, offset));
      ZoneOffsetTransition change = rules.nextTransition(at);
      if (local == null) {
        return Optional.empty();
      }
      Instant found = local.toInstant(offset);
      if (change != null && !found.isBefore(change.getInstant())) {
        at = change.getInstant();
      } else if (!hourly && isSecond(rules, local, offset)) {
        at = found.plusSeconds(1);
      } else {
        return Optional.of(found);
      }
    }
  }

  private static boolean isSecond(ZoneRules rules, LocalDateTime local, ZoneOffset offset) {
    List<ZoneOffset> valid = rules.getValidOffsets(local);
    return valid.size() > 1 && valid.getLast().equals(offset);
  }

  private @Nullable LocalDateTime localAtOrAfter(LocalDateTime from) {
    LocalDateTime whole = from.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime first = whole.equals(from) ? whole : whole.plusMinutes(1);
    LocalDate day = first.toLocalDate();
    if (isWanted(day)) {
      LocalDateTime today = within(day, first.getHour(), first.getMinute());
      if (today != null) {
        return today;
      }
    }
    LocalDate next = nextDay(day);
    return next == null ? null : within(next, 0, 0);
  }

  private boolean isWanted(LocalDate day) {
    return years.get(day.getYear()) && months.get(day.getMonthValue()) && days.test(day);
  }

  private @Nullable LocalDateTime within(LocalDate day, int hour, int minute) {
    int firstHour = hours.nextSetBit(hour);
    if (firstHour < 0) {
      return null;
    }
    int firstMinute = minutes.nextSetBit(firstHour == hour ? minute : 0);
    if (firstMinute < 0) {
      firstHour = hours.nextSetBit(hour + 1);
      firstMinute = minutes.nextSetBit(0);
    }
    return firstHour < 0 ? null : day.atTime(firstHour, firstMinute);
  }

  private @Nullable LocalDate nextDay(LocalDate after) {
    LocalDate day = after.plusDays(1);
    while (day.getYear() <= CronField.YEARS.most()) {
      if (!years.get(day.getYear())) {
        int year = years.nextSetBit(Math.max(0, day.getYear()));
        if (year < 0) {
          return null;
        }
        day = LocalDate.of(year, 1, 1);
      } else if (!months.get(day.getMonthValue())) {
        int month = months.nextSetBit(day.getMonthValue());
        day =
            month < 0 || month > MONTHS
                ? LocalDate.of(day.getYear() + 1, 1, 1)
                : LocalDate.of(day.getYear(), month, 1);
      } else if (days.test(day)) {
        return day;
      } else {
        day = day.plusDays(1);
      }
    }
    return null;
  }
}
