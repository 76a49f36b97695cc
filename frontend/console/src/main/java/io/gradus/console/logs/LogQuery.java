package io.gradus.console.logs;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.engine.LogLevel;
import io.gradus.service.log.LogPage;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        text(parameters, "machine"),
        switch (text(parameters, "level")) {
          case "error" -> LogLevel.ERROR;
          case "fatal" -> LogLevel.FATAL;
          default -> LogLevel.ALL;
        },
        text(parameters, "execution"),
        text(parameters, "text"),
        time(parameters, "from", zone),
        time(parameters, "until", zone));
  }

  private static String text(QueryParameters parameters, String name) {
    return parameters.getSingleParameter(name).map(String::strip).orElse("");
  }

  private static @Nullable LocalDateTime time(
      QueryParameters parameters, String name, ZoneId zone) {
    try {
      return parameters
          .getSingleParameter(name)
          .map(text -> LocalDateTime.ofInstant(Instant.parse(text), zone))
          .orElse(null);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  boolean filtersNothing() {
    return equals(ALL);
  }

  /// For the address: moments in UTC, so that a link says the same to everyone.
  QueryParameters parameters(ZoneId zone) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    put(all, "machine", machine);
    put(all, "level", level == LogLevel.ALL ? "" : level.name().toLowerCase(Locale.ROOT));
    put(all, "execution", execution);
    put(all, "text", text);
    put(all, "from", from == null ? "" : from.atZone(zone).toInstant().toString());
    put(all, "until", until == null ? "" : until.atZone(zone).toInstant().toString());
    return new QueryParameters(all);
  }

  private static void put(Map<String, List<String>> all, String name, String value) {
    if (!value.isEmpty()) {
      all.put(name, List.of(value));
    }
  }

  /// For the service.
  LogPage.Query query(ZoneId zone) {
    return new LogPage.Query(
        orNull(machine),
        level,
        orNull(execution),
        orNull(text),
        from == null ? null : from.atZone(zone).toInstant(),
        until == null ? null : until.atZone(zone).toInstant());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
