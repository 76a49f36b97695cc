package io.gradus.service.log;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.execution.EventDetails;
import io.gradus.service.stored.SettingsCodec;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.engine.HistoryReader;
import io.gradus.store.engine.LogWriting.Batch;
import io.gradus.store.engine.LogWriting.Event;
import io.gradus.store.engine.LogWriting.Outgoing;
import io.gradus.store.engine.LogWriting.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes log events of what happened to executions.
public final class LogBatches {
  private static final Logger LOG = LoggerFactory.getLogger(LogBatches.class);

  private final HistoryReader history;
  private final String region;
  private final LogEvents events;
  private final Predicate<TenantId> connected;

  /// @param region of all ARNs
  /// @param connected whether a tenant has a connection to send logs by
  public LogBatches(HistoryReader history, String region, Predicate<TenantId> connected) {
    this.history = history;
    this.region = region;
    this.events = new LogEvents(new EventDetails(region));
    this.connected = connected;
  }

  /// A run with what is read of it.
  private record Read(Run run, LoggingConfiguration logging, List<Fact> facts) {}

  /// What is to be written of runs of history.
  ///
  /// @param figures are told of runs that cannot be read
  Batch of(List<Run> runs, LogFigures figures) {
    List<Read> read = new ArrayList<>();
    for (Run run : runs) {
      LoggingConfiguration logging = SettingsCodec.readLogging(run.logging());
      try {
        read.add(new Read(run, logging, JournalCodec.decode(run.events())));
      } catch (RuntimeException e) {
        spoilt(run, figures, e);
      }
    }
    resolve(read);
    List<Event> written = new ArrayList<>();
    List<Outgoing> outgoing = new ArrayList<>();
    for (Read each : read) {
      try {
        add(each, written, outgoing);
      } catch (RuntimeException e) {
        spoilt(each.run(), figures, e);
      }
    }
    return new Batch(written, outgoing);
  }

  private static void spoilt(Run run, LogFigures figures, RuntimeException why) {
    figures.lost(1);
    LOG.atError()
        .addKeyValue("tenant", run.execution().tenant())
        .addKeyValue("execution", run.execution().id())
        .addKeyValue("eventId", run.firstEventId())
        .setCause(why)
        .log("ALARM: a run of events is not logged");
  }

  private void add(Read read, List<Event> written, List<Outgoing> outgoing) {
    Run run = read.run();
    add(
        new LogEvents.Of(
            run.execution(),
            run.stateMachine(),
            arn(run),
            read.logging().includeExecutionData(),
            true),
        read.logging(),
        read.facts(),
        run.redriveCount(),
        written,
        outgoing);
  }

  /// What is to be written of an execution that stands in no history.
  Batch of(
      ExecutionKey key,
      String machine,
      String arn,
      LoggingConfiguration logging,
      List<Fact> facts) {
    List<Event> written = new ArrayList<>();
    List<Outgoing> outgoing = new ArrayList<>();
    add(
        new LogEvents.Of(key, machine, arn, logging.includeExecutionData(), false),
        logging,
        facts,
        0,
        written,
        outgoing);
    return new Batch(written, outgoing);
  }

  private void add(
      LogEvents.Of of,
      LoggingConfiguration logging,
      List<Fact> facts,
      int redriveCount,
      List<Event> written,
      List<Outgoing> outgoing) {
    int first = written.size();
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event && logging.level().keeps(event.details())) {
        written.add(events.write(of, event, redriveCount));
      }
    }
    List<Event> own = written.subList(first, written.size());
    List<String> groups = logging.destinations();
    if (own.isEmpty()
        || groups == null
        || groups.isEmpty()
        || !LogGroupName.leaves(groups.getFirst())
        || !connected.test(of.key().tenant())) {
      return;
    }
    outgoing.add(
        new Outgoing(
            of.key(),
            own.getFirst().eventId(),
            own.getLast().eventId(),
            groups.getFirst(),
            of.stateMachine(),
            own.getFirst().at(),
            own.size(),
            own.stream().mapToInt(Event::size).sum()));
  }

  private String arn(Run run) {
    StatesArn arn =
        run.express()
            ? new StatesArn.ExpressExecution(
                region,
                run.account(),
                run.stateMachine(),
                run.executionName(),
                run.execution().id().toString())
            : new StatesArn.Execution(
                region, run.account(), run.stateMachine(), run.executionName());
    return arn.text();
  }

  /// Fetches payloads that stand with other events, where they are logged.
  private void resolve(List<Read> read) {
    Map<ExecutionKey, List<Payload>> open = new HashMap<>();
    Map<ExecutionKey, Set<Long>> wanted = new HashMap<>();
    for (Read each : read) {
      if (!each.logging().includeExecutionData() || each.logging().level() == LogLevel.OFF) {
        continue;
      }
      List<Fact> logged =
          each.facts().stream()
              .filter(
                  fact ->
                      fact instanceof Fact.HistoryEvent event
                          && each.logging().level().keeps(event.details()))
              .toList();
      for (Payload payload : JournalCodec.unresolved(logged)) {
        Origin origin = payload.origin();
        if (origin != null) {
          ExecutionKey key = each.run().execution();
          open.computeIfAbsent(key, _ -> new ArrayList<>()).add(payload);
          wanted.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(origin.eventId());
        }
      }
    }
    history
        .containing(wanted)
        .forEach(
            (key, runs) -> {
              List<Payload> payloads = open.getOrDefault(key, List.of());
              runs.forEach(run -> resolve(payloads, run));
            });
  }

  private static void resolve(List<Payload> payloads, HistoryRun run) {
    Set<Origin> origins = new LinkedHashSet<>();
    for (Payload payload : payloads) {
      Origin origin = payload.origin();
      if (origin != null && !payload.isResolved()) {
        origins.add(origin);
      }
    }
    Map<Origin, byte[]> texts = JournalCodec.payloads(run.events(), origins);
    for (Payload payload : payloads) {
      Origin origin = payload.origin();
      byte[] text = origin == null ? null : texts.get(origin);
      if (text != null) {
        payload.resolve(text);
      }
    }
  }
}
