package io.gradus.console.audit;

import static io.gradus.console.session.AddressFilter.instant;
import static io.gradus.console.session.AddressFilter.orNull;
import static io.gradus.console.session.AddressFilter.textOf;
import static io.gradus.console.session.AddressFilter.timeOf;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.console.session.AddressFilter;
import io.gradus.service.audit.AuditLog;
import java.time.LocalDateTime;
import java.time.ZoneId;
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
        textOf(parameters, "who"),
        textOf(parameters, "action"),
        textOf(parameters, "target"),
        textOf(parameters, "source"),
        timeOf(parameters, "from", zone),
        timeOf(parameters, "until", zone));
  }

  boolean filtersNothing() {
    return equals(ALL);
  }

  /// For the address.
  QueryParameters parameters(ZoneId zone) {
    return new AddressFilter(zone)
        .with("who", who)
        .with("action", action)
        .with("target", target)
        .with("source", source)
        .with("from", from)
        .with("until", until)
        .parameters();
  }

  /// For the service.
  AuditLog.Query query(ZoneId zone) {
    return new AuditLog.Query(
        orNull(who),
        orNull(action),
        orNull(target),
        orNull(source),
        instant(from, zone),
        instant(until, zone));
  }
}
