package io.gradus.console.part;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes moments and durations as people read them, in one time zone.
///
/// @param zone the reader's
public record Moments(ZoneId zone) {
  private static final DateTimeFormatter TIME = formatter("HH:mm:ss");
  private static final DateTimeFormatter THIS_YEAR = formatter("d MMM, HH:mm:ss");
  private static final DateTimeFormatter OTHER_YEAR = formatter("d MMM yyyy, HH:mm:ss");
  private static final DateTimeFormatter MILLIS = formatter("HH:mm:ss.SSS");
  private static final DateTimeFormatter MINUTES = formatter("d MMM yyyy, HH:mm");
  private static final DateTimeFormatter FULL = formatter("d MMM yyyy, HH:mm:ss.SSS VV");

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /// In the time zone of the browser whose request is being answered.
  public static Moments here() {
    UI ui = UI.getCurrent();
    String zone = ui == null ? null : ui.getPage().getExtendedClientDetails().getTimeZoneId();
    try {
      return new Moments(zone == null ? ZoneId.systemDefault() : ZoneId.of(zone));
    } catch (DateTimeException e) {
      return new Moments(ZoneId.systemDefault());
    }
  }

  /// Day and time: `22 Nov, 14:01:02`, with the year where it is another than today's.
  public String moment(Instant at, Instant now) {
    ZonedDateTime there = at.atZone(zone);
    boolean thisYear = there.getYear() == now.atZone(zone).getYear();
    return there.format(thisYear ? THIS_YEAR : OTHER_YEAR);
  }

  /// The time alone where it is today, else as [#moment].
  public String brief(Instant at, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return at.atZone(zone).toLocalDate().equals(today)
        ? at.atZone(zone).format(TIME)
        : moment(at, now);
  }

  /// The time to the millisecond: `14:01:02.123`.
  public String precise(Instant at) {
    return at.atZone(zone).format(MILLIS);
  }

  /// Day and time of what is far enough away that its second does not matter: `5 Dec 2026, 21:06`.
  public String appointment(Instant at) {
    return at.atZone(zone).format(MINUTES);
  }

  /// Everything there is to know: `22 Nov 2026, 14:01:02.123 Europe/Helsinki`.
  public String full(Instant at) {
    return at.atZone(zone).format(FULL);
  }

  /// A moment as an element that tells the full moment to whoever points at it.
  public Span span(Instant at, Instant now) {
    var span = new Span(moment(at, now));
    span.addClassName("g-moment");
    span.setTitle(full(at));
    return span;
  }

  /// A duration with its units: `420 ms`, `2.1 s`, `18 s`, `4 min 09 s`, `1 h 05 min`, `3 d 4 h`.
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 1) {
      return Math.max(0, duration.toMillis()) + " ms";
    }
    if (seconds < 10) {
      long tenths = duration.toMillis() / 100;
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / MINUTE, seconds % MINUTE);
    }
    if (seconds < DAY) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / HOUR, seconds % HOUR / MINUTE);
    }
    return seconds / DAY + " d " + seconds % DAY / HOUR + " h";
  }

  /// How far away a moment is: `in 2 h 10 min`, `40 min ago`, `now`.
  public static String relative(Instant at, Instant now) {
    Duration ahead = Duration.between(now, at);
    long seconds = Math.abs(ahead.toSeconds());
    if (seconds < 1) {
      return "now";
    }
    String distance = distance(seconds);
    return ahead.isNegative() ? distance + " ago" : "in " + distance;
  }

  private static String distance(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " min";
    }
    if (seconds < DAY) {
      long minutes = seconds % HOUR / MINUTE;
      return seconds / HOUR + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
    long days = seconds / DAY;
    return days == 1 ? "1 day" : days + " days";
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
