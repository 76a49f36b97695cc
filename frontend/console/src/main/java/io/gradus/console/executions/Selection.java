package io.gradus.console.executions;

import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is looked at on an execution's page, as its address says it.
///
/// @param state the selected state; null for the execution itself
/// @param frame which visit of it: the branch or item; null for the latest
/// @param visit the event that entered the visit; 0 for the latest in its frame
/// @param event the event shown in the table; 0 for none
/// @param tab what is shown of the state; null for what tells most: the error of what failed, the
///   children of a Map Run, else the input
/// @param pane what the lower half shows; on a phone, what the page shows
/// @param moment the event whose moment is shown; 0 for the latest
record Selection(
    @Nullable String state,
    @Nullable String frame,
    long visit,
    long event,
    @Nullable Tab tab,
    @Nullable Pane pane,
    long moment) {
  static final Selection NONE = new Selection(null, null, 0, 0, null, null, 0);

  /// A side of the selected state.
  enum Tab {
    INPUT("Input"),
    OUTPUT("Output"),
    ERROR("Error"),
    DEFINITION("Definition"),
    CHILDREN("Children"),
    ATTEMPTS("Attempts"),
    VARIABLES("Variables"),
    EVENTS("Events");

    private final String label;

    Tab(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A part of the page.
  enum Pane {
    STEPS,
    GRAPH,
    TIMELINE,
    EVENTS,
    MAP_RUNS,
    DATA;

    String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String label() {
      return switch (this) {
        case STEPS -> "Steps";
        case GRAPH -> "Graph";
        case TIMELINE -> "Timeline";
        case EVENTS -> "Events";
        case MAP_RUNS -> "Map Runs";
        case DATA -> "Data";
      };
    }
  }

  static Selection of(QueryParameters query) {
    return new Selection(
        query.getSingleParameter("state").orElse(null),
        query.getSingleParameter("frame").orElse(null),
        number(query.getSingleParameter("visit")),
        number(query.getSingleParameter("event")),
        namedOrNull(Tab.values(), query.getSingleParameter("tab")),
        namedOrNull(Pane.values(), query.getSingleParameter("pane")),
        number(query.getSingleParameter("at")));
  }

  QueryParameters query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    put(parameters, "state", state);
    put(parameters, "frame", frame);
    put(parameters, "visit", visit == 0 ? null : String.valueOf(visit));
    put(parameters, "event", event == 0 ? null : String.valueOf(event));
    put(parameters, "tab", tab == null ? null : tab.wireName());
    put(parameters, "pane", pane == null ? null : pane.wireName());
    put(parameters, "at", moment == 0 ? null : String.valueOf(moment));
    return new QueryParameters(parameters);
  }

  Selection withState(@Nullable String name, @Nullable String inFrame, long entered) {
    return new Selection(name, inFrame, entered, event, tab, pane, moment);
  }

  Selection withTab(Tab another) {
    return new Selection(state, frame, visit, event, another, pane, moment);
  }

  Selection withPane(@Nullable Pane another) {
    return new Selection(state, frame, visit, event, tab, another, moment);
  }

  Selection withEvent(long id) {
    return new Selection(state, frame, visit, id, tab, pane, moment);
  }

  Selection withMoment(long id) {
    return new Selection(state, frame, visit, event, tab, pane, id);
  }

  private static void put(
      Map<String, List<String>> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, List.of(value));
    }
  }

  private static long number(Optional<String> text) {
    try {
      return text.map(Long::parseLong).filter(n -> n > 0).orElse(0L);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static <E extends Enum<E>> @Nullable E namedOrNull(E[] all, Optional<String> name) {
    for (E one : all) {
      if (name.isPresent()
          && one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name.get())) {
        return one;
      }
    }
    return null;
  }
}
