package io.gradus.runtime.node;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.Outline;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.engine.HistoryReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;

/// An execution's facts as they are folded: read in portions, and without the texts of payloads,
/// which may come to more than a node has memory. Only what a Map runs over is read, since a fold
/// counts it.
final class StoredJournal implements Iterable<Fact> {
  private static final int RUNS = 500;
  private static final long BYTES = 8 << 20;

  private final HistoryReader history;
  private final ExecutionKey key;
  private final long lastEventId;

  /// @param lastEventId facts behind this event's commit are left out
  StoredJournal(HistoryReader history, ExecutionKey key, long lastEventId) {
    this.history = history;
    this.key = key;
    this.lastEventId = lastEventId;
  }

  @Override
  public Iterator<Fact> iterator() {
    return new Reading();
  }

  private final class Reading implements Iterator<Fact> {
    private final Outline outline = new Outline();
    private final Deque<Fact> read = new ArrayDeque<>();
    private long last;

    @Override
    public boolean hasNext() {
      if (read.isEmpty() && last < lastEventId) {
        long from = last + 1;
        for (HistoryRun run : history.forward(key, from, RUNS, BYTES)) {
          if (run.firstEventId() >= from && run.firstEventId() <= lastEventId) {
            add(run);
          }
        }
        if (read.isEmpty()) {
          throw new IllegalStateException(
              "expected event " + from + " of execution " + key + ", which has " + lastEventId);
        }
      }
      return !read.isEmpty();
    }

    private void add(HistoryRun run) {
      for (Fact fact : outline.next(run.events())) {
        switch (fact) {
          case Fact.HistoryEvent event -> last = event.id();
          case Fact.ItemsResolved resolved -> resolve(resolved.items(), run);
          default -> {
            // says nothing that is read
          }
        }
        read.add(fact);
      }
    }

    private void resolve(Payload items, HistoryRun here) {
      Origin origin = Objects.requireNonNull(items.origin());
      Set<Origin> wanted = Set.of(origin);
      Map<Origin, byte[]> texts = JournalCodec.payloads(here.events(), wanted);
      if (texts.isEmpty()) {
        for (HistoryRun run :
            history
                .containing(Map.of(key, List.of(origin.eventId())))
                .getOrDefault(key, List.of())) {
          texts = JournalCodec.payloads(run.events(), wanted);
        }
      }
      items.resolve(
          Objects.requireNonNull(
              texts.get(origin), () -> "expected the payload at " + origin + " of " + key));
    }

    @Override
    public Fact next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return read.remove();
    }
  }
}
