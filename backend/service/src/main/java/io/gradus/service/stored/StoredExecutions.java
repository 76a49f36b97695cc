package io.gradus.service.stored;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.Executions;
import io.gradus.store.StateMachines;
import io.gradus.store.commit.Transition.HistoryRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Executions and their histories in the store.
public final class StoredExecutions implements ExecutionRecords {
  /// How many runs of events are read at a time at most: a run is what one commit wrote.
  private static final int RUNS = 200;

  private final Executions store;
  private final StateMachines stateMachines;

  /// Reads them there.
  public StoredExecutions(Executions store, StateMachines stateMachines) {
    this.store = store;
    this.stateMachines = stateMachines;
  }

  @Override
  public Optional<Stored> find(TenantId tenant, String stateMachine, String name) {
    return store.summary(tenant, stateMachine, name).map(this::withPayloads);
  }

  /// The first event has the input, the last one what came of it.
  private Stored withPayloads(Executions.Summary row) {
    String input = "{}";
    for (Fact.HistoryEvent event : history(row.key(), 1, 1)) {
      if (event.details() instanceof Details.ExecutionStarted started) {
        input = started.input().toString();
      }
    }
    @Nullable String output = null;
    @Nullable String error = null;
    @Nullable String cause = null;
    if (row.status().isTerminal()) {
      for (Fact.HistoryEvent event : history(row.key(), row.lastEventId(), 1)) {
        switch (event.details()) {
          case Details.ExecutionSucceeded d -> output = d.output().toString();
          case Details.ExecutionFailed d -> {
            error = d.error();
            cause = d.cause();
          }
          case Details.ExecutionTimedOut d -> {
            error = d.error();
            cause = d.cause();
          }
          case Details.ExecutionAborted d -> {
            error = d.error();
            cause = d.cause();
          }
          case Details other ->
              throw new IllegalStateException(
                  "expected the end of execution " + row.key() + ", found " + other.getClass());
        }
      }
    }
    return new Stored(read(row), input, output, error, cause, row.traceHeader());
  }

  @Override
  public Optional<Summary> summary(TenantId tenant, String stateMachine, String name) {
    return store.summary(tenant, stateMachine, name).map(StoredExecutions::read);
  }

  @Override
  public Optional<StateMachineRecords.Stored> stateMachineOf(ExecutionKey execution) {
    return store
        .find(execution)
        .flatMap(found -> stateMachines.revision(execution.tenant(), found.summary().revisionId()))
        .map(StoredStateMachines::read);
  }

  @Override
  public Page<Summary> list(
      TenantId tenant, UUID stateMachine, ExecutionService.Filter filter, Page.Request request) {
    var wanted =
        new Executions.Filter(
            stateMachine,
            filter.status() == null ? Set.of() : Set.of(filter.status()),
            null,
            null,
            null,
            filter.qualifiedArn(),
            filter.redriven());
    return Pages.of(
        store.list(tenant, wanted, Pages.after(request), request.limit()), StoredExecutions::read);
  }

  @Override
  public Page<Summary> children(
      TenantId tenant, UUID mapRunId, ExecutionService.Filter filter, Page.Request request) {
    Long before = request.after() == null ? null : Pages.number(request.after());
    List<Executions.Child> found =
        store.children(
            tenant, mapRunId, filter.status(), filter.redriven(), before, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<Executions.Child> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(child -> read(child.summary())).toList(),
        more ? String.valueOf(page.getLast().index()) : null);
  }

  @Override
  public List<Fact.HistoryEvent> history(ExecutionKey execution, long first, int limit) {
    List<Fact.HistoryEvent> events = new ArrayList<>();
    long from = first;
    while (events.size() < limit) {
      // Each run holds an event at least.
      int wanted = Math.min(RUNS, limit - events.size());
      List<HistoryRun> runs = store.historyForward(execution, from, wanted);
      long last = from - 1;
      for (HistoryRun run : runs) {
        for (Fact fact : JournalCodec.decode(run.events())) {
          if (fact instanceof Fact.HistoryEvent event) {
            last = Math.max(last, event.id());
            if (event.id() >= from && events.size() < limit) {
              events.add(event);
            }
          }
        }
        if (events.size() == limit) {
          break;
        }
      }
      if (runs.size() < wanted || last < from) {
        break;
      }
      from = last + 1;
    }
    resolve(execution, events);
    return events;
  }

  /// Gives payloads that are stored with another event their text.
  void resolve(ExecutionKey execution, List<Fact.HistoryEvent> events) {
    List<Payload> open = JournalCodec.unresolved(new ArrayList<>(events));
    Set<Origin> wanted = new LinkedHashSet<>();
    Set<Long> eventIds = new LinkedHashSet<>();
    for (Payload payload : open) {
      Origin origin = payload.origin();
      if (origin != null) {
        wanted.add(origin);
        eventIds.add(origin.eventId());
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    Map<Origin, byte[]> texts = new HashMap<>();
    for (HistoryRun run : store.historyContaining(execution, eventIds)) {
      texts.putAll(JournalCodec.payloads(run.events(), wanted));
    }
    for (Payload payload : open) {
      byte[] text = texts.get(payload.origin());
      if (text == null) {
        throw new IllegalStateException(
            "expected the payload at " + payload.origin() + " of execution " + execution);
      }
      payload.resolve(text);
    }
  }

  private static Summary read(Executions.Summary row) {
    return new Summary(
        row.key(),
        row.stateMachineName(),
        row.name(),
        row.status(),
        row.startedAt(),
        row.stoppedAt(),
        row.lastEventId(),
        row.versionArn(),
        row.aliasArn(),
        row.redriveCount(),
        row.redrivenAt(),
        row.awsStrict(),
        row.mapChild() == null
            ? null
            : new MapChild(row.mapChild().mapRunId(), row.mapChild().label()));
  }
}
