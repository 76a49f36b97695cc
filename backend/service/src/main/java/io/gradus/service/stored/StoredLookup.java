package io.gradus.service.stored;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.service.Page;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.store.ExecutionSearch;
import io.gradus.store.Histories;
import io.gradus.store.commit.Transition.HistoryRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Executions in the store, as people look for them.
public final class StoredLookup implements ExecutionLookup {
  private final ExecutionSearch search;
  private final Histories histories;
  private final StoredHistory payloads;

  /// Reads them there.
  public StoredLookup(ExecutionSearch search, Histories histories) {
    this.search = search;
    this.histories = histories;
    this.payloads = new StoredHistory(histories);
  }

  @Override
  public Page<Found> newest(TenantId tenant, ExecutionFinder.Wanted wanted, Page.Request request) {
    return Pages.of(
        search.newest(
            tenant,
            new ExecutionSearch.Wanted(
                wanted.stateMachine(),
                wanted.statuses(),
                wanted.startedFrom(),
                wanted.startedBefore(),
                wanted.namePrefix(),
                wanted.error()),
            Pages.after(request),
            request.limit()),
        StoredLookup::read);
  }

  @Override
  public Optional<Found> child(TenantId tenant, String name) {
    try {
      return search.child(tenant, UUID.fromString(name)).map(StoredLookup::read);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Found> find(TenantId tenant, String stateMachine, String name) {
    return search.find(tenant, stateMachine, name).map(StoredLookup::read);
  }

  @Override
  public Optional<Parent> parent(ExecutionKey child) {
    return search
        .parent(child)
        .map(p -> new Parent(p.stateMachine(), p.name(), p.frame(), p.attempt()));
  }

  @Override
  public Optional<Origin> origin(ExecutionKey fork) {
    return search.origin(fork).map(o -> new Origin(o.stateMachine(), o.name(), o.state()));
  }

  @Override
  public List<Fact> journal(ExecutionKey execution, long fromEventId, int limit) {
    return facts(
        histories.forward(execution, fromEventId, limit), fromEventId, JournalCodec::decode);
  }

  @Override
  public Outline outline(ExecutionKey execution, long fromEventId, int limit) {
    List<HistoryRun> runs = histories.forward(execution, fromEventId, limit);
    return new Outline(
        facts(runs, fromEventId, JournalCodec::outline), Histories.isMore(runs, limit));
  }

  private static List<Fact> facts(
      List<HistoryRun> runs, long fromEventId, Function<byte[], List<Fact>> reading) {
    List<Fact> facts = new ArrayList<>();
    for (HistoryRun run : runs) {
      if (run.firstEventId() >= fromEventId) {
        facts.addAll(reading.apply(run.events()));
      }
    }
    return facts;
  }

  @Override
  public List<Fact.HistoryEvent> events(ExecutionKey execution, Collection<Long> ids) {
    return payloads.read(execution, ids);
  }

  private static Found read(ExecutionSearch.Found row) {
    return new Found(
        row.key(),
        row.stateMachine(),
        row.revision(),
        row.name(),
        row.status(),
        row.startedAt(),
        row.stoppedAt(),
        row.lastEventId(),
        row.error(),
        row.strict(),
        row.mapChild() == null
            ? null
            : new MapChild(
                row.mapChild().mapRunId(),
                row.mapChild().label(),
                row.mapChild().state(),
                row.mapChild().index(),
                row.mapChild().items()));
  }
}
