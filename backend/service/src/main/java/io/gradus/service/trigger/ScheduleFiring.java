package io.gradus.service.trigger;

import io.gradus.service.trigger.TriggerStarts.Firing;
import io.gradus.service.trigger.TriggerStarts.Outcome;
import io.gradus.store.engine.TriggerRows;
import io.gradus.store.engine.TriggerRows.Fired;
import io.gradus.store.engine.TriggerRows.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// What happens when a schedule's moment has come: its execution is started, and the next moment is
/// kept.
///
/// A moment is *missed* when nobody saw to it for a minute, or when its start was refused for ten.
/// Of those that were missed the latest is made up for, once; or none, as the schedule says.
public final class ScheduleFiring {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleFiring.class);

  /// How late a moment may be seen to for the first time.
  static final Duration GRACE = Duration.ofMinutes(1);

  /// How long a start is tried again.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final String SOURCE = "scheduler";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final TriggerRows rows;
  private final TriggerStarts starts;
  private final TriggerEvents events;

  /// @param region stands in every event
  public ScheduleFiring(TriggerRows rows, TriggerStarts starts, String region) {
    this.rows = rows;
    this.starts = starts;
    this.events = new TriggerEvents(region);
  }

  /// Sees to a schedule that is due.
  void fire(Taken taken) {
    try {
      see(taken, Objects.requireNonNull(taken.schedule()));
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("tenant", taken.tenant().value())
          .addKeyValue("trigger", taken.name())
          .log("A schedule is seen to again later: {}", e.toString());
    }
  }

  private void see(Taken taken, TriggerRows.Schedule on) {
    Schedule schedule =
        new Schedule(
            ScheduleExpression.parse(on.expression()),
            Schedule.zone(on.timeZone()),
            on.anchor(),
            on.start(),
            on.end());
    Instant now = taken.takenAt();
    Instant moment = on.nextAt();
    Duration late = Duration.between(moment, now);
    boolean missed = late.compareTo(taken.tries() == 1 ? GRACE : PATIENCE) > 0;
    if (missed && !on.catchUp()) {
      ObjectNode event = event(taken, moment);
      rows.next(
          taken,
          schedule.after(now).orElse(null),
          new Fired(
              event.path("id").asString(""),
              null,
              "Trigger.Missed",
              "The moment " + moment + " was missed, and this schedule makes up for none"));
      return;
    }
    start(taken, schedule, missed ? schedule.latest(moment, now) : moment);
  }

  private void start(Taken taken, Schedule schedule, Instant moment) {
    ObjectNode event = event(taken, moment);
    String id = event.path("id").asString("");
    switch (starts.start(
        TriggerFigures.Kind.SCHEDULE, firing(taken, SOURCE), event, MOMENT.format(moment))) {
      case Outcome.Started started ->
          rows.next(
              taken,
              schedule.after(moment).orElse(null),
              new Fired(id, started.executionArn(), null, null));
      case Outcome.Refused refused when refused.passing() ->
          rows.again(taken, pause(taken.tries()), refused.error() + ": " + refused.cause());
      case Outcome.Refused refused ->
          rows.next(
              taken,
              schedule.after(moment).orElse(null),
              new Fired(id, null, refused.error(), refused.cause()));
    }
  }

  private ObjectNode event(Taken taken, Instant moment) {
    return events.scheduled(taken.tenant(), taken.account(), taken.id(), taken.name(), moment);
  }

  static Firing firing(Taken taken, String source) {
    return new Firing(
        taken.tenant(),
        taken.account(),
        taken.id(),
        taken.name(),
        taken.stateMachineArn(),
        taken.input(),
        source);
  }

  /// How long until the next try.
  ///
  /// @param tries so far
  static Duration pause(int tries) {
    Duration pause = Duration.ofSeconds(1L << Math.clamp(tries - 1L, 0, 6));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
