package io.gradus.console.logs;

import static io.gradus.console.session.AddressFilter.instant;
import static io.gradus.console.session.AddressFilter.orNull;
import static io.gradus.console.session.AddressFilter.textOf;
import static io.gradus.console.session.AddressFilter.timeOf;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.console.session.AddressFilter;
import io.gradus.engine.LogLevel;
import io.gradus.service.log.LogPage;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The filter of the logs as the address of their page says it; empty texts filter nothing.
///
/// @param level ALL, ERROR or FATAL
/// @param from in the reader's own time zone, null for the beginning
/// @param until in the reader's own time zone, null for now
record LogQuery(
    String machine,
    LogLevel level,
    String execution,
    String text,
    @Nullable LocalDateTime from,
    @Nullable LocalDateTime until) {
  static final LogQuery ALL = new LogQuery("", LogLevel.ALL, "", "", null, null);

  /// What the address says; what it says wrongly is passed over.
  static LogQuery of(QueryParameters parameters, ZoneId zone) {
    return new LogQuery(
        textOf(parameters, "machine"),
        switch (textOf(parameters, "level")) {
          case "error" -> LogLevel.ERROR;
          case "fatal" -> LogLevel.FATAL;
          default -> LogLevel.ALL;
        },
        textOf(parameters, "execution"),
        textOf(parameters, "text"),
        timeOf(parameters, "from", zone),
        timeOf(parameters, "until", zone));
  }

  boolean filtersNothing() {
    return equals(ALL);
  }

  /// For the address.
  QueryParameters parameters(ZoneId zone) {
    return new AddressFilter(zone)
        .with("machine", machine)
        .with("level", level == LogLevel.ALL ? "" : level.name().toLowerCase(Locale.ROOT))
        .with("execution", execution)
        .with("text", text)
        .with("from", from)
        .with("until", until)
        .parameters();
  }

  /// For the service.
  LogPage.Query query(ZoneId zone) {
    return new LogPage.Query(
        orNull(machine),
        level,
        orNull(execution),
        orNull(text),
        instant(from, zone),
        instant(until, zone));
  }
}
