package io.gradus.service.log;

import io.gradus.engine.LogLevel;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.log.LogPage.Delivery;
import io.gradus.service.log.LogPage.Entry;
import io.gradus.service.log.LogPage.Format;
import io.gradus.service.log.LogPage.Query;
import io.gradus.store.LogFilter;
import io.gradus.store.Logs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a tenant's own log.
public final class LogService {
  private static final int MAX_MACHINES = 1_000;
  private static final int EXPORT_BATCH = 500;

  private final Logs store;
  private final AuditTrail trail;

  /// @param trail is told that the log was taken out
  public LogService(Logs store, AuditTrail trail) {
    this.store = store;
    this.trail = trail;
  }

  /// Events, newest first. A page of a search may be small and yet not the last: for each, a
  /// bounded number of events is looked at.
  ///
  /// @param after [LogPage#next] of the page before; null for the newest
  public LogPage list(Caller caller, Query query, @Nullable String after, int limit) {
    require(caller, "ListLogEvents");
    if (hasNul(query)) {
      return new LogPage(List.of(), null);
    }
    Logs.Part part =
        store.list(
            caller.tenant(), filter(query), after == null ? null : LogPage.place(after), limit);
    return new LogPage(
        part.events().stream().map(LogService::entry).toList(),
        part.next() == null ? null : LogPage.text(part.next()));
  }

  /// The state machines that have events in the log.
  public List<String> stateMachines(Caller caller) {
    require(caller, "ListLogEvents");
    return store.stateMachines(caller.tenant(), MAX_MACHINES);
  }

  /// How it goes: for each log group to which events are sent, and for the own log where something
  /// of it was lost.
  public List<Delivery> deliveries(Caller caller) {
    require(caller, "ListLogEvents");
    return store.deliveries(caller.tenant()).stream()
        .map(
            each ->
                new Delivery(
                    each.logGroup().isEmpty() ? null : each.logGroup(),
                    each.sent(),
                    each.sentAt(),
                    each.failedAt(),
                    each.failure(),
                    each.lost(),
                    each.waiting(),
                    each.since()))
        .toList();
  }

  /// Writes the events, newest first, a batch at a time.
  ///
  /// @throws IOException if the reader went away
  public void export(Caller caller, Query query, Format format, OutputStream out)
      throws IOException {
    require(caller, "ExportLogEvents");
    trail.record(caller, "ExportLogEvents", "logs");
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    format.begin(writer);
    String after = null;
    do {
      LogPage page = list(caller, query, after, EXPORT_BATCH);
      for (Entry entry : page.entries()) {
        format.write(entry, writer);
      }
      after = page.next();
    } while (after != null);
    writer.flush();
  }

  private static void require(Caller caller, String action) {
    Access.require(caller, Permission.READ, action, "*");
  }

  /// PostgreSQL has no text with a NUL, and so nothing that such a filter would find.
  private static boolean hasNul(Query query) {
    return contains(query.stateMachine()) || contains(query.execution()) || contains(query.text());
  }

  private static boolean contains(@Nullable String text) {
    return text != null && text.indexOf('\0') >= 0;
  }

  private static LogFilter filter(Query query) {
    return new LogFilter(
        query.stateMachine(),
        query.level().code(),
        query.execution(),
        query.text(),
        query.from(),
        query.until());
  }

  private static Entry entry(Logs.Event event) {
    return new Entry(
        event.place().at(),
        event.stateMachine(),
        LogLevel.ofCode(event.level()),
        event.type(),
        event.place().event(),
        event.executionArn(),
        event.message(),
        event.kept());
  }
}
