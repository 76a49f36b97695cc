package io.gradus.service.trigger;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which days of a month a cron expression means, by its day-of-month or by its day-of-week.
final class CronDays {
  private static final String ANY = "?";
  private static final Pattern NEAREST = Pattern.compile("([0-9]{1,2})W");
  private static final Pattern LAST_DAY = Pattern.compile("L(?:-([0-9]{1,2}))?");
  private static final Pattern NTH = Pattern.compile("([0-9A-Za-z]{1,3})#([1-5])");
  private static final Pattern LAST_WEEKDAY = Pattern.compile("([0-9A-Za-z]{1,3})L");
  private static final int WEEK = 7;

  private CronDays() {}

  /// What a day must be.
  ///
  /// @param days the day-of-month, `?` where the other says it
  /// @param weekdays the day-of-week, `?` where the other says it
  static Predicate<LocalDate> of(String days, String weekdays) {
    if (days.equals(ANY) == weekdays.equals(ANY)) {
      throw ScheduleExpression.refused(
          "must have ? in exactly one of day-of-month and day-of-week: the other says the day");
    }
    return weekdays.equals(ANY) ? ofMonth(days) : ofWeek(weekdays);
  }

  private static Predicate<LocalDate> ofMonth(String text) {
    if (text.equals("LW") || text.equals("WL")) {
      return day -> day.equals(nearestWeekday(YearMonth.from(day).atEndOfMonth()));
    }
    Matcher last = LAST_DAY.matcher(text);
    if (last.matches()) {
      int before = last.group(1) == null ? 0 : CronField.DAYS.number(last.group(1), text);
      return day -> day.getDayOfMonth() == day.lengthOfMonth() - before;
    }
    Matcher nearest = NEAREST.matcher(text);
    if (nearest.matches()) {
      int wanted = CronField.DAYS.number(nearest.group(1), text);
      return day ->
          wanted <= day.lengthOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(wanted)));
    }
    BitSet numbers = CronField.DAYS.read(text);
    return day -> numbers.get(day.getDayOfMonth());
  }

  /// Monday to Friday, in the same month.
  private static LocalDate nearestWeekday(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
      case SUNDAY ->
          day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
    };
  }

  private static Predicate<LocalDate> ofWeek(String text) {
    if (text.equals("L")) {
      return day -> day.getDayOfWeek() == DayOfWeek.SATURDAY;
    }
    Matcher nth = NTH.matcher(text);
    if (nth.matches()) {
      int weekday = CronField.WEEKDAYS.number(nth.group(1), text);
      int which = Integer.parseInt(nth.group(2));
      return day -> number(day) == weekday && (day.getDayOfMonth() - 1) / WEEK + 1 == which;
    }
    Matcher last = LAST_WEEKDAY.matcher(text);
    if (last.matches()) {
      int weekday = CronField.WEEKDAYS.number(last.group(1), text);
      return day -> number(day) == weekday && day.getDayOfMonth() + WEEK > day.lengthOfMonth();
    }
    BitSet numbers = CronField.WEEKDAYS.read(text);
    return day -> numbers.get(number(day));
  }

  /// 1 for Sunday.
  private static int number(LocalDate day) {
    return day.getDayOfWeek().getValue() % WEEK + 1;
  }
}
