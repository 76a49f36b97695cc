package io.gradus.service.stored;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.service.execution.ExecutionRecords.Stretch;
import io.gradus.store.Histories;
import io.gradus.store.commit.Transition.HistoryRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What the histories of executions say, and no more of it at a time than a node can bear for each
/// who asks: a tenant's payloads may be as long as 16 MiB each, and a page has up to 1,000 events.
final class StoredHistory {
  /// How many runs of events are read at a time at most: a run is what one commit wrote.
  private static final int RUNS = 200;

  /// How much the events of a page may say together; the first may say more.
  static final long MOST_BYTES = Histories.MOST_BYTES;

  private final Histories store;

  StoredHistory(Histories store) {
    this.store = store;
  }

  List<Fact.HistoryEvent> read(ExecutionKey execution, Stretch wanted) {
    List<Fact.HistoryEvent> told = new ArrayList<>();
    Texts texts = new Texts(execution);
    long from = wanted.from();
    while (told.size() < wanted.limit()) {
      int missing = wanted.limit() - told.size();
      List<HistoryRun> runs = runs(execution, wanted, from, missing);
      List<Fact.HistoryEvent> read = events(runs, wanted, from);
      read = read.subList(0, Math.min(missing, read.size()));
      int fitting = wanted.isWhole() ? texts.resolve(read) : read.size();
      told.addAll(read.subList(0, fitting));
      if (read.isEmpty() || fitting < read.size() || !Histories.isMore(runs, most(missing))) {
        break;
      }
      from = read.getLast().id() + (wanted.isBackward() ? -1 : 1);
    }
    return told;
  }

  /// These events with their payloads, in order; what is not there is left out.
  List<Fact.HistoryEvent> read(ExecutionKey execution, Collection<Long> ids) {
    Set<Long> missing = new TreeSet<>(ids);
    List<Fact.HistoryEvent> found = new ArrayList<>();
    boolean more = true;
    while (more && !missing.isEmpty()) {
      more = false;
      for (HistoryRun run : store.containing(execution, missing)) {
        for (Fact fact : JournalCodec.decode(run.events())) {
          if (fact instanceof Fact.HistoryEvent event && missing.remove(event.id())) {
            found.add(event);
            more = true;
          }
        }
      }
    }
    found.sort(Comparator.comparingLong(Fact.HistoryEvent::id));
    new Texts(execution).resolveAll(found);
    return found;
  }

  private List<HistoryRun> runs(ExecutionKey execution, Stretch wanted, long from, int missing) {
    return wanted.isBackward()
        ? store.backward(execution, from, most(missing))
        : store.forward(execution, from, most(missing));
  }

  /// Each run holds an event at least.
  private static int most(int events) {
    return Math.min(RUNS, events);
  }

  private static List<Fact.HistoryEvent> events(List<HistoryRun> runs, Stretch wanted, long from) {
    List<Fact.HistoryEvent> events = new ArrayList<>();
    for (HistoryRun run : runs) {
      List<Fact> facts =
          wanted.isWhole() ? JournalCodec.decode(run.events()) : JournalCodec.outline(run.events());
      for (Fact fact : wanted.isBackward() ? facts.reversed() : facts) {
        if (fact instanceof Fact.HistoryEvent event
            && (wanted.isBackward() ? event.id() <= from : event.id() >= from)) {
          events.add(event);
        }
      }
    }
    return events;
  }

  /// The texts of one execution, as far as there is room for them.
  private final class Texts {
    private final ExecutionKey execution;
    private final Map<Origin, byte[]> known = new HashMap<>();
    private long room = MOST_BYTES;

    Texts(ExecutionKey execution) {
      this.execution = execution;
    }

    /// Resolves the payloads of the first of these events.
    ///
    /// @return of how many; of one at least, the very first time
    int resolve(List<Fact.HistoryEvent> events) {
      for (int i = 0; i < events.size(); i++) {
        Fact.HistoryEvent event = events.get(i);
        resolve(event, events.subList(i + 1, events.size()));
        long size = JournalCodec.size(event);
        if (size > room && room < MOST_BYTES) {
          return i;
        }
        room -= size;
      }
      return events.size();
    }

    void resolveAll(List<Fact.HistoryEvent> events) {
      for (int i = 0; i < events.size(); i++) {
        resolve(events.get(i), events.subList(i + 1, events.size()));
      }
    }

    private void resolve(Fact.HistoryEvent event, List<Fact.HistoryEvent> following) {
      List<Payload> open = JournalCodec.unresolved(List.of(event));
      Set<Origin> missing = origins(open);
      missing.removeAll(known.keySet());
      if (!missing.isEmpty()) {
        known.keySet().retainAll(origins(open));
        Set<Origin> ahead = origins(JournalCodec.unresolved(List.copyOf(following)));
        ahead.addAll(missing);
        ahead.removeAll(known.keySet());
        load(ahead);
        missing.removeAll(known.keySet());
      }
      while (!missing.isEmpty()) {
        int before = missing.size();
        load(missing);
        missing.removeAll(known.keySet());
        if (missing.size() == before) {
          throw new IllegalStateException(
              "expected the payloads at " + missing + " of execution " + execution);
        }
      }
      for (Payload payload : open) {
        payload.resolve(Objects.requireNonNull(known.get(payload.origin())));
      }
    }

    /// As many as can be read at a time.
    private void load(Set<Origin> origins) {
      Set<Long> eventIds = new HashSet<>();
      origins.forEach(origin -> eventIds.add(origin.eventId()));
      for (HistoryRun run : store.containing(execution, eventIds)) {
        known.putAll(JournalCodec.payloads(run.events(), origins));
      }
    }
  }

  private static Set<Origin> origins(List<Payload> payloads) {
    Set<Origin> origins = new LinkedHashSet<>();
    for (Payload payload : payloads) {
      origins.add(Objects.requireNonNull(payload.origin()));
    }
    return origins;
  }
}
