package io.gradus.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.RowTable;
import io.gradus.service.statistics.StateFigures;
import io.gradus.service.statistics.StateFigures.OfState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The states that are slowest, or fail most, one below the other.
final class StateTable extends Div {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 15;
  private static final Comparator<OfState> SLOWEST =
      Comparator.comparing(
              (OfState state) -> Objects.requireNonNullElse(state.typical(), Duration.ZERO))
          .reversed();
  private static final Comparator<OfState> FAILING =
      Comparator.comparingInt(OfState::failed).thenComparingInt(OfState::retries).reversed();

  private final RowTable<OfState> table;
  private transient List<OfState> shown = List.of();
  private int most;

  /// @param href of an execution's page, by its name and the state that is meant
  StateTable(BiFunction<String, String, String> href) {
    table =
        new RowTable<OfState>("States")
            .text("State", "g-name", OfState::name)
            .text("Visits", "g-number", state -> Words.count(state.visits()))
            .text("Typical", "g-number g-nowrap", state -> Words.duration(state.typical()))
            .column(
                "Longest",
                "g-number g-nowrap",
                state ->
                    link(href, state.longestIn(), state.name(), Words.duration(state.longest())))
            .column("Failed visits", "g-dash-bar-cell", this::failed)
            .text("Retries", "g-number", state -> Words.count(state.retries()))
            .column("Most frequent error", "g-wide", state -> error(href, state));
    add(table);
  }

  /// Shows these.
  ///
  /// @param failing whether those that fail most come first, else the slowest
  void show(StateFigures states, boolean failing) {
    List<OfState> now =
        states.states().stream().sorted(failing ? FAILING : SLOWEST).limit(MOST).toList();
    if (!now.equals(shown)) {
      shown = now;
      most = now.stream().mapToInt(OfState::failed).max().orElse(0);
      table.setRows(now);
    }
  }

  private Component failed(OfState state) {
    return MachineTable.bar(state.failed(), most);
  }

  private static Component error(BiFunction<String, String, String> href, OfState state) {
    String error = state.error();
    if (error == null) {
      return new Span("–");
    }
    Span shown = link(href, state.failedIn(), state.name(), error);
    shown.addClassNames("g-mono", "g-break");
    return shown;
  }

  /// A text, which leads to where it was seen.
  private static Span link(
      BiFunction<String, String, String> href,
      @Nullable String execution,
      String state,
      String text) {
    return execution == null
        ? new Span(text)
        : new Span(new Anchor(href.apply(execution, state), text));
  }
}
