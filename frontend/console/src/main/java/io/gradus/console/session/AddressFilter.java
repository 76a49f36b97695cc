package io.gradus.console.session;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.service.Moment;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a page filters by, as its address says it. Moments are in UTC there, so that a link says
/// the same to everyone, and in the reader's own time zone on the page.
public final class AddressFilter {
  private final Map<String, List<String>> all = new LinkedHashMap<>();
  private final ZoneId zone;

  /// An empty one, to be filled.
  public AddressFilter(ZoneId zone) {
    this.zone = zone;
  }

  /// A text of the address; the empty text where it says none.
  public static String textOf(QueryParameters parameters, String name) {
    return parameters.getSingleParameter(name).map(String::strip).orElse("");
  }

  /// A moment of the address; null where it says none, or something else.
  public static @Nullable LocalDateTime timeOf(
      QueryParameters parameters, String name, ZoneId zone) {
    return parameters
        .getSingleParameter(name)
        .flatMap(Moment::parse)
        .map(moment -> LocalDateTime.ofInstant(moment, zone))
        .orElse(null);
  }

  /// Adds a text, unless it is empty.
  public AddressFilter with(String name, String value) {
    if (!value.isEmpty()) {
      all.put(name, List.of(value));
    }
    return this;
  }

  /// Adds a moment, unless there is none.
  public AddressFilter with(String name, @Nullable LocalDateTime moment) {
    Instant instant = instant(moment, zone);
    return instant == null ? this : with(name, instant.toString());
  }

  /// For the address.
  public QueryParameters parameters() {
    return new QueryParameters(all);
  }

  /// The moment that the reader means; null for none.
  public static @Nullable Instant instant(@Nullable LocalDateTime moment, ZoneId zone) {
    return moment == null ? null : moment.atZone(zone).toInstant();
  }

  /// What filters nothing, as services have it.
  public static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
