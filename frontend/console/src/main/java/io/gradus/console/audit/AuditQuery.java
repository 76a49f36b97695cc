package io.gradus.console.audit;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.service.audit.AuditLog;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filter of the audit log as the address of its page says it; empty texts filter nothing.
///
/// @param from in the reader's own time zone, null for the beginning
/// @param until in the reader's own time zone, null for now
record AuditQuery(
    String who,
    String action,
    String target,
    String source,
    @Nullable LocalDateTime from,
    @Nullable LocalDateTime until) {
  static final AuditQuery ALL = new AuditQuery("", "", "", "", null, null);

  /// What the address says; what it says wrongly is passed over.
  static AuditQuery of(QueryParameters parameters, ZoneId zone) {
    return new AuditQuery(
        text(parameters, "who"),
        text(parameters, "action"),
        text(parameters, "target"),
        text(parameters, "source"),
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
    put(all, "who", who);
    put(all, "action", action);
    put(all, "target", target);
    put(all, "source", source);
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
  AuditLog.Query query(ZoneId zone) {
    return new AuditLog.Query(
        orNull(who),
        orNull(action),
        orNull(target),
        orNull(source),
        from == null ? null : from.atZone(zone).toInstant(),
        until == null ? null : until.atZone(zone).toInstant());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
