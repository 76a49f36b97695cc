package io.gradus.service.trigger;

import io.gradus.service.Refusal;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A field of a cron expression: which numbers it takes, and how it is written.
///
/// @param name as AWS's documentation calls it
/// @param names of numbers, from the least on; none where there are but numbers
record CronField(String name, int least, int most, List<String> names) {
  static final CronField MINUTES = new CronField("minutes", 0, 59, List.of());
  static final CronField HOURS = new CronField("hours", 0, 23, List.of());
  static final CronField DAYS = new CronField("day-of-month", 1, 31, List.of());
  static final CronField MONTHS =
      new CronField(
          "month",
          1,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
  static final CronField WEEKDAYS =
      new CronField("day-of-week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));
  static final CronField YEARS = new CronField("year", 1970, 2199, List.of());

  private static final Pattern PART =
      Pattern.compile("(\\*|[0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?(?:/([0-9]{1,4}))?");

  CronField {
    names = List.copyOf(names);
  }

  /// The numbers that a text of values, ranges, steps and lists means.
  ///
  /// @throws Refusal ValidationException
  BitSet read(String text) {
    BitSet numbers = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher form = PART.matcher(part);
      if (!form.matches() || (form.group(1).equals("*") && form.group(2) != null)) {
        throw wrong(text);
      }
      add(numbers, form, text);
    }
    return numbers;
  }

  private void add(BitSet numbers, Matcher form, String text) {
    boolean all = form.group(1).equals("*");
    boolean steps = form.group(3) != null;
    int from = all ? least : number(form.group(1), text);
    int to = form.group(2) != null ? number(form.group(2), text) : all || steps ? most : from;
    int step = steps ? Integer.parseInt(form.group(3)) : 1;
    if (step == 0) {
      throw wrong(text);
    }
    if (from > to) {
      // FRI-MON and NOV-FEB go around; years do not come back.
      if (equals(YEARS)) {
        throw wrong(text);
      }
      for (int at = from; at <= to + most - least + 1; at += step) {
        numbers.set(at > most ? at - (most - least + 1) : at);
      }
      return;
    }
    for (int at = from; at <= to; at += step) {
      numbers.set(at);
    }
  }

  /// One number or name.
  ///
  /// @param whole the field's text, for the refusal
  int number(String text, String whole) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return least + named;
    }
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() > 4) {
      throw wrong(whole);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw wrong(whole);
    }
    return number;
  }

  Refusal wrong(String text) {
    String or = names.isEmpty() ? "" : " or " + names.getFirst() + " to " + names.getLast();
    return ScheduleExpression.refused(
        "has '%s' for %s, which takes %d to %d%s, lists (,), ranges (-) and steps (/)"
            .formatted(text, name, least, most, or));
  }
}
