package io.gradus.service.execution.view;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// The facts of an execution as far as they were read, from which its course is folded to any of
/// its moments. The moment of an event is what the event and the engine's own facts behind it say.
///
/// Going on folds what lies between only. Going back folds from the beginning, which takes some ten
/// milliseconds for 25,000 events. Copies of the course at every so many events would make that
/// less, and would keep megabytes for each reader.
///
/// Not safe for use by several threads.
public final class CourseRecording {
  private final List<Fact> facts = new ArrayList<>();

  /// Where in the facts each event stands; the first event's place comes first.
  private int[] places = new int[64];

  private int events;
  private ExecutionCourse course = new ExecutionCourse();

  /// Takes facts that follow those it was given before, or overlap with them. A journal begins each
  /// commit with an event.
  ///
  /// @param following an [outline][io.gradus.engine.journal.JournalCodec#outline]: they are kept,
  ///   and payloads with them would be
  public void add(Collection<Fact> following) {
    boolean fresh = false;
    for (Fact fact : following) {
      if (fact instanceof Fact.HistoryEvent event) {
        fresh = event.id() > events;
        if (fresh) {
          place();
        }
      }
      if (fresh) {
        facts.add(withoutCause(fact));
      }
    }
  }

  /// A course is not folded from causes, and they may be long.
  static Fact withoutCause(Fact fact) {
    return fact instanceof Fact.HistoryEvent e && e.details().cause() != null
        ? new Fact.HistoryEvent(
            e.id(), e.previousEventId(), e.timestamp(), e.frame(), withoutCause(e.details()))
        : fact;
  }

  private static Details withoutCause(Details details) {
    return switch (details) {
      case Details.ExecutionFailed d -> new Details.ExecutionFailed(d.error(), null);
      case Details.ExecutionTimedOut d -> new Details.ExecutionTimedOut(d.error(), null);
      case Details.ExecutionAborted d -> new Details.ExecutionAborted(d.error(), null);
      case Details.MapFailed d -> new Details.MapFailed(d.error(), null);
      case Details.MapRunFailed d -> new Details.MapRunFailed(d.error(), null);
      case Details.TaskFailed d -> new Details.TaskFailed(d.resource(), d.kind(), d.error(), null);
      case Details.EvaluationFailed d ->
          new Details.EvaluationFailed(d.error(), "", d.location(), d.state());
      default -> throw new IllegalArgumentException("expected what has no cause, found " + details);
    };
  }

  private void place() {
    if (events == places.length) {
      places = Arrays.copyOf(places, events + (events >> 1));
    }
    places[events++] = facts.size();
  }

  /// The last event that it knows; 0 for none.
  public int lastEvent() {
    return events;
  }

  /// The course as it was at that event. Until an earlier one is asked for it is the same course,
  /// which goes on.
  ///
  /// @param event from 1; later than the last means the last
  public ExecutionCourse at(long event) {
    if (event < 1) {
      throw new IllegalArgumentException("expected an event from 1, found " + event);
    }
    int wanted = (int) Math.min(event, events);
    int now = course.events().size();
    if (wanted < now) {
      course = new ExecutionCourse();
      now = 0;
    }
    course.apply(facts.subList(place(now), place(wanted)));
    return course;
  }

  /// Where the facts behind that event end.
  private int place(int event) {
    return event < events ? places[event] : facts.size();
  }
}
