package io.gradus.service.trigger;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The moments of an expression in a time zone, between a first and a last one.
///
/// @param anchor what a rate is counted from
/// @param start nothing before it; null for no such bound
/// @param end nothing after it; null for no such bound
record Schedule(
    ScheduleExpression expression,
    ZoneId zone,
    Instant anchor,
    @Nullable Instant start,
    @Nullable Instant end) {
  private static final int MAX_ZONE = 64;
  private static final long FIRST_LOOK_SECONDS = 60;

  /// A time zone by its name.
  ///
  /// @throws Refusal ValidationException where there is none of that name
  static ZoneId zone(String name) {
    try {
      if (name.length() <= MAX_ZONE) {
        return ZoneId.of(name);
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw new Refusal(
        ErrorCode.VALIDATION,
        "There is no time zone '" + name + "': it is one such as Europe/Paris");
  }

  /// The first moment after that one.
  Optional<Instant> after(Instant moment) {
    return atOrAfter(moment.plusNanos(1));
  }

  /// The first moment that is not before that one.
  Optional<Instant> atOrAfter(Instant moment) {
    Instant from = start != null && start.isAfter(moment) ? start : moment;
    return expression
        .atOrAfter(from, zone, anchor)
        .filter(found -> end == null || !found.isAfter(end));
  }

  /// The next few moments.
  List<Instant> next(Instant from, int count) {
    List<Instant> moments = new ArrayList<>();
    Optional<Instant> moment = atOrAfter(from);
    while (moment.isPresent() && moments.size() < count) {
      moments.add(moment.get());
      moment = after(moment.get());
    }
    return moments;
  }

  /// The last moment that is not after `now`, where `known` is one that is not either: looked for
  /// in a stretch that is made longer until it has one, so that years that were missed cost little.
  Instant latest(Instant known, Instant now) {
    for (long seconds = FIRST_LOOK_SECONDS; ; seconds *= 2) {
      Instant from = now.minusSeconds(seconds);
      Optional<Instant> moment = atOrAfter(from.isBefore(known) ? known : from);
      if (moment.isPresent() && !moment.get().isAfter(now)) {
        Instant last = moment.get();
        for (Instant next = last; !next.isAfter(now); next = after(next).orElse(Instant.MAX)) {
          last = next;
        }
        return last;
      }
      if (from.isBefore(known)) {
        return known;
      }
    }
  }
}
