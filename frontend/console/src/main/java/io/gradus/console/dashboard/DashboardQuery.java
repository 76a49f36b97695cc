package io.gradus.console.dashboard;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.service.statistics.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the dashboard shows, as its address says it.
///
/// @param machine the state machine's name; null for all
/// @param by how the table below is ordered
record DashboardQuery(Range range, @Nullable String machine, By by) {
  /// How the table is ordered: of state machines, or of the states of one.
  enum By {
    FAILURES("failures"),
    STARTS("starts"),
    DURATION("duration");

    private final String key;

    By(String key) {
      this.key = key;
    }

    static By of(@Nullable String key, By otherwise) {
      for (By by : values()) {
        if (by.key.equals(key)) {
          return by;
        }
      }
      return otherwise;
    }
  }

  static DashboardQuery of(QueryParameters query) {
    String machine = one(query, "machine");
    By first = machine == null ? By.FAILURES : By.DURATION;
    By by = By.of(one(query, "by"), first);
    boolean fits = machine == null ? by != By.DURATION : by != By.STARTS;
    return new DashboardQuery(
        query.getSingleParameter("range").flatMap(Range::of).orElse(Range.DAY),
        machine,
        fits ? by : first);
  }

  QueryParameters query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put("range", List.of(range.key()));
    if (machine != null) {
      parameters.put("machine", List.of(machine));
    }
    if (by != (machine == null ? By.FAILURES : By.DURATION)) {
      parameters.put("by", List.of(by.key));
    }
    return new QueryParameters(parameters);
  }

  DashboardQuery with(Range another) {
    return new DashboardQuery(another, machine, by);
  }

  /// Of another state machine, in the order that is usual there.
  DashboardQuery of(@Nullable String another) {
    return new DashboardQuery(range, another, another == null ? By.FAILURES : By.DURATION);
  }

  DashboardQuery by(By another) {
    return new DashboardQuery(range, machine, another);
  }

  private static @Nullable String one(QueryParameters query, String name) {
    return query
        .getSingleParameter(name)
        .filter(text -> !text.isBlank() && text.indexOf('\0') < 0)
        .orElse(null);
  }
}
