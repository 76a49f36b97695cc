package io.gradus.console.approvals;

import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.service.approval.Approval;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Until when an approval can be decided, or what became of it.
final class DueMark extends Span {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final int SOON_HOURS = 6;

  /// @param exact whether the moment is said besides how far it is
  DueMark(Approval.Summary approval, Moments moments, Instant now, boolean exact) {
    addClassName("g-appr-due");
    switch (approval.status()) {
      case OPEN -> open(approval.dueAt(), moments, now, exact);
      case DECIDED -> {
        boolean rejected = Approval.REJECTED.equals(approval.decision());
        addClassName(rejected ? "g-appr-rejected" : "g-appr-approved");
        glyph(rejected ? Glyph.Name.CLOSE : Glyph.Name.CHECK);
        add(
            new Span(
                Labels.word(String.valueOf(approval.decision())) + closed(approval, moments, now)));
      }
      case WITHDRAWN -> {
        glyph(Glyph.Name.STOP);
        add(new Span("Withdrawn" + closed(approval, moments, now)));
      }
      case OVERDUE -> {
        addClassName("g-appr-overdue");
        glyph(Glyph.Name.CLOCK);
        add(new Span("Overdue since" + closed(approval, moments, now)));
      }
    }
  }

  private void open(@Nullable Instant due, Moments moments, Instant now, boolean exact) {
    glyph(Glyph.Name.CLOCK);
    if (due == null) {
      add(new Span("No due time"));
      return;
    }
    setTitle(moments.full(due));
    long minutes = ChronoUnit.MINUTES.between(now, due);
    if (due.isBefore(now)) {
      addClassName("g-appr-overdue");
      add(new Span("Overdue"));
      return;
    }
    String relative = "Due " + Moments.relative(due, now);
    if (minutes < SOON_HOURS * 60L) {
      if (minutes < 60) {
        addClassName("g-appr-soon");
      }
      add(
          new Span(
              exact ? relative + ", at " + TIME.format(due.atZone(moments.zone())) : relative));
      return;
    }
    add(new Span("Due " + day(due, moments.zone(), now)));
  }

  private static String closed(Approval.Summary approval, Moments moments, Instant now) {
    Instant at = approval.closedAt();
    return at == null ? "" : " " + day(at, moments.zone(), now);
  }

  /// `today at 18:00`, `tomorrow at 09:00`, `25 Nov at 12:00`.
  static String day(Instant at, ZoneId zone, Instant now) {
    ZonedDateTime there = at.atZone(zone);
    long days = ChronoUnit.DAYS.between(now.atZone(zone).toLocalDate(), there.toLocalDate());
    String day =
        switch (Math.clamp(days, -2, 2)) {
          case 0 -> "today";
          case 1 -> "tomorrow";
          case -1 -> "yesterday";
          default -> (there.getYear() == now.atZone(zone).getYear() ? DAY : YEAR).format(there);
        };
    return day + " at " + TIME.format(there);
  }

  private void glyph(Glyph.Name name) {
    add(name.glyph());
  }
}
