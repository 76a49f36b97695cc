package io.gradus.console.executions;

import com.vaadin.flow.router.QueryParameters;
import io.gradus.service.execution.view.VisitPair.Which;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is looked at on the page that compares two executions, as its address says it.
///
/// @param state the selected state; null for the executions themselves
/// @param tab what is shown of both; null for what tells most
/// @param which of the state's visits; null for those that tell most
/// @param onlyDifferences whether states are left out that went alike, or that neither visited
/// @param pane what a phone shows; null for the states, or for the data of a selected one
record CompareQuery(
    @Nullable String state,
    @Nullable Tab tab,
    @Nullable Which which,
    boolean onlyDifferences,
    Order order,
    @Nullable Pane pane) {
  /// Nothing is selected, and everything is listed.
  static final CompareQuery ALL = new CompareQuery(null, null, null, false, Order.GRAPH, null);

  /// What is compared of a state, or of the executions.
  enum Tab {
    INPUT("Input"),
    OUTPUT("Output"),
    ERROR("Error"),
    DEFINITION("Definition");

    private final String label;

    Tab(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /// How the states are ordered.
  enum Order {
    GRAPH("As in the graph"),
    TIME("By difference in time");

    private final String label;

    Order(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /// A part of the page.
  enum Pane {
    STATES("States"),
    GRAPH("Graph"),
    DATA("Data");

    private final String label;

    Pane(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static CompareQuery of(QueryParameters query) {
    Optional<String> order = query.getSingleParameter("order");
    return new CompareQuery(
        query.getSingleParameter("state").filter(name -> !name.isEmpty()).orElse(null),
        named(Tab.values(), query.getSingleParameter("tab")),
        named(Which.values(), query.getSingleParameter("visit")),
        query.getSingleParameter("only").filter("differences"::equals).isPresent(),
        order.filter(wire(Order.TIME)::equals).isPresent() ? Order.TIME : Order.GRAPH,
        named(Pane.values(), query.getSingleParameter("pane")));
  }

  QueryParameters query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    put(parameters, "state", state);
    put(parameters, "tab", tab == null ? null : wire(tab));
    put(parameters, "visit", which == null ? null : wire(which));
    put(parameters, "only", onlyDifferences ? "differences" : null);
    put(parameters, "order", order == Order.GRAPH ? null : wire(order));
    put(parameters, "pane", pane == null ? null : wire(pane));
    return new QueryParameters(parameters);
  }

  /// Another state, with its visits and data that tell most.
  CompareQuery withState(@Nullable String name) {
    return new CompareQuery(name, null, null, onlyDifferences, order, null);
  }

  CompareQuery withTab(Tab another) {
    return new CompareQuery(state, another, which, onlyDifferences, order, pane);
  }

  CompareQuery withWhich(Which another) {
    return new CompareQuery(state, tab, another, onlyDifferences, order, pane);
  }

  CompareQuery withOnlyDifferences(boolean only) {
    return new CompareQuery(state, tab, which, only, order, pane);
  }

  CompareQuery withOrder(Order another) {
    return new CompareQuery(state, tab, which, onlyDifferences, another, pane);
  }

  CompareQuery withPane(Pane another) {
    return new CompareQuery(state, tab, which, onlyDifferences, order, another);
  }

  private static String wire(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> @Nullable E named(E[] all, Optional<String> name) {
    for (E each : all) {
      if (name.isPresent() && wire(each).equals(name.get())) {
        return each;
      }
    }
    return null;
  }

  private static void put(
      Map<String, List<String>> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, List.of(value));
    }
  }
}
