package io.gradus.console.executions;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.service.batch.Batch.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which items of a batch are listed, as the page's address says it.
///
/// @param outcome null for any
/// @param after where the page begins; null for the first one
record BatchQuery(@Nullable Outcome outcome, @Nullable String after) {
  static final BatchQuery ALL = new BatchQuery(null, null);

  static BatchQuery of(QueryParameters query) {
    String wanted = query.getSingleParameter("outcome").orElse("");
    Outcome found = null;
    for (Outcome outcome : Outcome.values()) {
      if (wire(outcome).equals(wanted)) {
        found = outcome;
      }
    }
    return new BatchQuery(
        found,
        query.getSingleParameter("after").filter(text -> text.matches("[0-9]{1,5}")).orElse(null));
  }

  QueryParameters query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (outcome != null) {
      parameters.put("outcome", List.of(wire(outcome)));
    }
    if (after != null) {
      parameters.put("after", List.of(after));
    }
    return new QueryParameters(parameters);
  }

  /// None for any.
  Set<Outcome> outcomes() {
    return outcome == null ? Set.of() : Set.of(outcome);
  }

  private static String wire(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
