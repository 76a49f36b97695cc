package io.gradus.console.executions;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.maprun.ChildRecords.Order;
import io.gradus.service.maprun.MapRunViews;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which children of a Map Run are listed, as the page's address says it.
///
/// @param which of them
/// @param search the place of one, or what its name begins with; null for none
/// @param after where the page begins; null for the first one
record MapRunQuery(Which which, Order order, @Nullable String search, @Nullable String after) {
  static final MapRunQuery ALL = new MapRunQuery(Which.ALL, Order.FAILED_FIRST, null, null);

  private static final int LONGEST = 80;

  /// Children by how they stand.
  enum Which {
    ALL("All"),
    FAILED("Failed"),
    TIMED_OUT("Timed out"),
    ABORTED("Stopped"),
    RUNNING("Running"),
    SUCCEEDED("Succeeded");

    private final String word;

    Which(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    Set<ExecutionStatus> statuses() {
      return switch (this) {
        case ALL -> Set.of();
        case FAILED -> Set.of(ExecutionStatus.FAILED);
        case TIMED_OUT -> Set.of(ExecutionStatus.TIMED_OUT);
        case ABORTED -> Set.of(ExecutionStatus.ABORTED);
        case RUNNING -> Set.of(ExecutionStatus.RUNNING, ExecutionStatus.PENDING_REDRIVE);
        case SUCCEEDED -> Set.of(ExecutionStatus.SUCCEEDED);
      };
    }
  }

  static MapRunQuery of(QueryParameters query) {
    return new MapRunQuery(
        named(Which.values(), query.getSingleParameter("status").orElse(""), Which.ALL),
        named(Order.values(), query.getSingleParameter("order").orElse(""), Order.FAILED_FIRST),
        query
            .getSingleParameter("q")
            .map(String::strip)
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST)
            .orElse(null),
        query.getSingleParameter("after").orElse(null));
  }

  QueryParameters query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    put(parameters, "status", which == Which.ALL ? null : wire(which));
    put(parameters, "order", order == Order.FAILED_FIRST ? null : wire(order));
    put(parameters, "q", search);
    put(parameters, "after", after);
    return new QueryParameters(parameters);
  }

  MapRunViews.Wanted wanted() {
    return new MapRunViews.Wanted(which.statuses(), order, search);
  }

  MapRunQuery withWhich(Which another) {
    return new MapRunQuery(another, order, search, null);
  }

  MapRunQuery withOrder(Order another) {
    return new MapRunQuery(which, another, search, null);
  }

  MapRunQuery withSearch(@Nullable String text) {
    return new MapRunQuery(which, order, text, null);
  }

  MapRunQuery withAfter(@Nullable String place) {
    return new MapRunQuery(which, order, search, place);
  }

  private static String wire(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E named(E[] all, String name, E otherwise) {
    for (E each : all) {
      if (wire(each).equals(name)) {
        return each;
      }
    }
    return otherwise;
  }

  private static void put(
      Map<String, List<String>> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, List.of(value));
    }
  }
}
