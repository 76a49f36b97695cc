package io.gradus.console.executions;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Moment;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.savedview.SavedView;
import io.gradus.service.savedview.ViewQuery;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which executions a list shows, as its address says it. Moments are to the minute. What begins
/// some time before now is written so, as `today` or `24h`, and goes on with the time.
///
/// @param since one of [ViewQuery#SINCE]; null for none, or where `from` is given
/// @param from inclusive
/// @param to exclusive
/// @param error that they ended with, exactly
record ListQuery(
    @Nullable String machine,
    Set<ExecutionStatus> statuses,
    @Nullable String since,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String name,
    @Nullable String error) {
  /// Filters nothing.
  static final ListQuery ALL = new ListQuery(null, Set.of(), null, null, null, null, null);

  ListQuery {
    statuses = Set.copyOf(statuses);
  }

  static ListQuery of(QueryParameters query) {
    String from = one(query, "from");
    boolean back = from != null && ViewQuery.SINCE.contains(from);
    return new ListQuery(
        one(query, "machine"),
        statuses(one(query, "status")),
        back ? from : null,
        back ? null : instant(from),
        instant(one(query, "to")),
        one(query, "name"),
        one(query, "error"));
  }

  /// What a saved view lists.
  static ListQuery of(SavedView view) {
    return of(QueryParameters.fromString(view.query()));
  }

  QueryParameters query() {
    Map<String, List<String>> each = new LinkedHashMap<>();
    parameters().forEach((name, value) -> each.put(name, List.of(value)));
    return new QueryParameters(each);
  }

  /// As a saved view keeps it.
  String text() {
    return ViewQuery.write(parameters());
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "machine", machine);
    if (!statuses.isEmpty()) {
      List<String> names =
          Arrays.stream(ExecutionStatus.values())
              .filter(statuses::contains)
              .map(status -> status.name().toLowerCase(Locale.ROOT))
              .toList();
      put(parameters, "status", String.join(",", names));
    }
    put(parameters, "from", since != null ? since : from == null ? null : from.toString());
    put(parameters, "to", to == null ? null : to.toString());
    put(parameters, "name", name);
    put(parameters, "error", error);
    return parameters;
  }

  /// What is asked of the use case.
  ///
  /// @param zone whose midnight `today` begins at
  ExecutionFinder.Wanted wanted(Instant now, ZoneId zone) {
    Instant begin = since == null ? from : begin(since, now, zone);
    return new ExecutionFinder.Wanted(machine, statuses, begin, to, name, error);
  }

  private static Instant begin(String since, Instant now, ZoneId zone) {
    return switch (since) {
      case "today" -> now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
      case "1h" -> now.minus(1, ChronoUnit.HOURS);
      case "24h" -> now.minus(24, ChronoUnit.HOURS);
      case "7d" -> now.minus(7, ChronoUnit.DAYS);
      default -> now.minus(30, ChronoUnit.DAYS);
    };
  }

  boolean isAll() {
    return equals(ALL);
  }

  ListQuery withMachine(@Nullable String another) {
    return new ListQuery(another, statuses, since, from, to, name, error);
  }

  ListQuery withStatuses(Set<ExecutionStatus> others) {
    return new ListQuery(machine, others, since, from, to, name, error);
  }

  ListQuery withSince(@Nullable String back) {
    return new ListQuery(machine, statuses, back, null, null, name, error);
  }

  ListQuery withTimes(@Nullable Instant begin, @Nullable Instant end) {
    return new ListQuery(machine, statuses, null, begin, end, name, error);
  }

  ListQuery withName(@Nullable String prefix) {
    return new ListQuery(machine, statuses, since, from, to, prefix, error);
  }

  ListQuery withError(@Nullable String another) {
    return new ListQuery(machine, statuses, since, from, to, name, another);
  }

  /// Without what was filtered last, in the order of the bar.
  ListQuery withoutLast() {
    if (error != null) {
      return withError(null);
    }
    if (name != null) {
      return withName(null);
    }
    if (since != null || from != null || to != null) {
      return withSince(null);
    }
    return statuses.isEmpty() ? withMachine(null) : withStatuses(Set.of());
  }

  /// What [#withoutLast] takes away, for people.
  String last() {
    if (error != null) {
      return "the error";
    }
    if (name != null) {
      return "the name";
    }
    if (since != null || from != null || to != null) {
      return "the time";
    }
    return statuses.isEmpty() ? "the state machine" : "the status";
  }

  static @Nullable Instant at(@Nullable LocalDateTime local, ZoneId zone) {
    return local == null ? null : local.atZone(zone).toInstant();
  }

  private static Set<ExecutionStatus> statuses(@Nullable String names) {
    Set<ExecutionStatus> found = EnumSet.noneOf(ExecutionStatus.class);
    List<String> wanted =
        names == null ? new ArrayList<>() : List.of(names.toUpperCase(Locale.ROOT).split(",", -1));
    for (ExecutionStatus status : ExecutionStatus.values()) {
      if (wanted.contains(status.name())) {
        found.add(status);
      }
    }
    return found;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Moment.parse(text).orElse(null);
  }

  private static @Nullable String one(QueryParameters query, String name) {
    return query
        .getSingleParameter(name)
        .filter(text -> !text.isBlank() && text.indexOf('\0') < 0)
        .orElse(null);
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
