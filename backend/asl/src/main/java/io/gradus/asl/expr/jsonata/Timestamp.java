package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `$toMillis` reads without a picture: a year, with as much of ISO 8601 behind it as is
/// known. A time without a zone is UTC.
final class Timestamp {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})(?:-([01]\\d)(?:-([0-3]\\d))?)?"
              + "(?:T([0-2]\\d):([0-5]\\d):([0-5]\\d)(?:\\.(\\d+))?(Z|[+-][0-2]\\d:?[0-5]\\d)?)?");
  private static final int MILLIS_DIGITS = 3;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Timestamp() {}

  static long millis(String text) {
    Matcher iso = ISO.matcher(text);
    if (!iso.matches()) {
      throw new JException("D3110", -1, text);
    }
    try {
      LocalDateTime day =
          LocalDateTime.of(number(iso, 1, 1), number(iso, 2, 1), 1, 0, 0)
              .plusDays(number(iso, 3, 1) - 1L); // the 30th of February is the 1st or 2nd of March
      int hour = number(iso, 4, 0);
      if (hour > 24 || number(iso, 3, 1) > 31 || number(iso, 3, 1) < 1) {
        throw new JException("D3110", -1, text);
      }
      LocalDateTime time =
          day.plusHours(hour)
              .plusMinutes(number(iso, 5, 0))
              .plusSeconds(number(iso, 6, 0))
              .plusNanos((long) fraction(iso) * NANOS_PER_MILLI);
      String zone = iso.group(8);
      return time.toInstant(zone == null ? ZoneOffset.UTC : offset(zone)).toEpochMilli();
    } catch (DateTimeException _) {
      throw new JException("D3110", -1, text);
    }
  }

  private static ZoneOffset offset(String zone) {
    return zone.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
  }

  private static int number(Matcher iso, int group, int otherwise) {
    return iso.group(group) == null ? otherwise : Integer.parseInt(iso.group(group));
  }

  private static int fraction(Matcher iso) {
    String digits = iso.group(7);
    return digits == null ? 0 : Integer.parseInt((digits + "00").substring(0, MILLIS_DIGITS));
  }

  /// What a text in a picture leaves out before its first part is taken from the moment, and not
  /// from a clock.
  ///
  /// @param picture the picture of the text
  /// @return the parts to be written before both, as a picture
  static String missing(String picture) {
    String order = picture.matches("(?s).*\\[\\s*d.*") ? "Yd" : "YMD";
    if (picture.matches("(?s).*\\[\\s*[XWw].*")) {
      return ""; // week dates are refused
    }
    StringBuilder before = new StringBuilder();
    for (char part : (order + "Hms").toCharArray()) {
      boolean there = picture.matches("(?s).*\\[\\s*" + (part == 'H' ? "[HhP]" : part) + ".*");
      if (there) {
        return before.toString();
      }
      before.append('[').append(part).append(part == 'Y' ? "0001]" : "01]").append(' ');
    }
    return "";
  }

  /// The moment in a picture that [#missing] made.
  static String written(String missing, Instant now) {
    OffsetDateTime moment = now.atOffset(ZoneOffset.UTC);
    return missing
        .replace("[Y0001]", String.format("%04d", moment.getYear()))
        .replace("[M01]", String.format("%02d", moment.getMonthValue()))
        .replace("[D01]", String.format("%02d", moment.getDayOfMonth()))
        .replace("[d01]", String.format("%02d", moment.getDayOfYear()))
        .replace("[H01]", String.format("%02d", moment.getHour()))
        .replace("[m01]", String.format("%02d", moment.getMinute()))
        .replace("[s01]", String.format("%02d", moment.getSecond()));
  }
}
