package io.gradus.console.executions;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Status;
import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The bar above the executions: which state machine, status, time and name.
final class ExecutionFilters extends Div {
  private static final long serialVersionUID = 1L;
  private static final String ANY = "any";
  private static final String RANGE = "range";
  private static final Map<String, String> TIMES =
      Map.of(
          ANY,
          "Any time",
          "today",
          "Today",
          "1h",
          "Last hour",
          "24h",
          "Last 24 h",
          "7d",
          "Last 7 d",
          "30d",
          "Last 30 d",
          RANGE,
          "From … to …");

  private final ComboBox<String> machine = new ComboBox<>();
  private final MultiSelectComboBox<ExecutionStatus> status = new MultiSelectComboBox<>();
  private final Select<String> time = new Select<>();
  private final DateTimePicker from = new DateTimePicker();
  private final DateTimePicker to = new DateTimePicker();
  private final TextField name = new TextField();
  private final TextField error = new TextField();
  private final ZoneId zone;
  private final transient Consumer<ListQuery> go;
  private transient ListQuery query = ListQuery.ALL;
  private boolean showing;

  /// @param go shows another list
  ExecutionFilters(ZoneId zone, Consumer<ListQuery> go) {
    this.zone = zone;
    this.go = go;
    addClassName("g-exec-filters");
    machine.setPlaceholder("All state machines");
    machine.setAriaLabel("State machine");
    machine.setClearButtonVisible(true);
    machine.addValueChangeListener(_ -> changed(query.withMachine(machine.getValue())));
    status.setPlaceholder("Any status");
    status.setAriaLabel("Status");
    status.setItems(
        ExecutionStatus.RUNNING,
        ExecutionStatus.SUCCEEDED,
        ExecutionStatus.FAILED,
        ExecutionStatus.TIMED_OUT,
        ExecutionStatus.ABORTED);
    status.setItemLabelGenerator(one -> Status.of(one).word());
    status.setClearButtonVisible(true);
    status.addValueChangeListener(_ -> changed(query.withStatuses(status.getValue())));
    time.setAriaLabel("Started");
    time.setItems(ANY, "today", "1h", "24h", "7d", "30d", RANGE);
    time.setItemLabelGenerator(TIMES::get);
    time.addValueChangeListener(
        change -> {
          time.setClassName("g-any", ANY.equals(change.getValue()));
          timeChosen(change.getValue());
        });
    from.setAriaLabel("Started from");
    to.setAriaLabel("Started before");
    from.addValueChangeListener(_ -> rangeChosen());
    to.addValueChangeListener(_ -> rangeChosen());
    name.setPlaceholder("Name begins with");
    name.setAriaLabel("Name begins with");
    name.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    name.setClearButtonVisible(true);
    name.setValueChangeMode(ValueChangeMode.LAZY);
    name.addValueChangeListener(
        _ -> changed(query.withName(name.getValue().isBlank() ? null : name.getValue().strip())));
    name.addClassName("g-search");
    error.setPlaceholder("Any error");
    error.setAriaLabel("Error that it ended with");
    error.setClearButtonVisible(true);
    error.setValueChangeMode(ValueChangeMode.LAZY);
    error.addValueChangeListener(
        _ ->
            changed(query.withError(error.getValue().isBlank() ? null : error.getValue().strip())));
    error.addClassName("g-filter-error");
    Div range = new Div(from, to);
    range.addClassName("g-range");
    add(name, machine, status, time, error, range);
  }

  private void changed(ListQuery next) {
    if (!showing && !next.equals(query)) {
      go.accept(next);
    }
  }

  private void timeChosen(@Nullable String chosen) {
    if (chosen == null || showing) {
      return;
    }
    boolean range = chosen.equals(RANGE);
    from.setVisible(range);
    to.setVisible(range);
    if (!range) {
      changed(query.withSince(chosen.equals(ANY) ? null : chosen));
    }
  }

  private void rangeChosen() {
    changed(
        query.withTimes(ListQuery.at(from.getValue(), zone), ListQuery.at(to.getValue(), zone)));
  }

  /// Shows what is filtered.
  ///
  /// @param machines that can be chosen
  void show(ListQuery now, List<String> machines) {
    query = now;
    showing = true;
    try {
      machine.setItems(
          java.util.stream.Stream.concat(
                  machines.stream(),
                  java.util.stream.Stream.ofNullable(now.machine())
                      .filter(m -> !machines.contains(m)))
              .toList());
      machine.setValue(now.machine());
      status.setValue(now.statuses());
      boolean range = now.from() != null || now.to() != null;
      if (range || !(RANGE.equals(time.getValue()) && now.since() == null)) {
        time.setValue(range ? RANGE : Objects.requireNonNullElse(now.since(), ANY));
        from.setVisible(range);
        to.setVisible(range);
      }
      from.setValue(local(now.from()));
      to.setValue(local(now.to()));
      name.setValue(Objects.requireNonNullElse(now.name(), ""));
      error.setValue(Objects.requireNonNullElse(now.error(), ""));
    } finally {
      showing = false;
    }
  }

  /// Puts the cursor into the name.
  void search() {
    name.focus();
  }

  private @Nullable LocalDateTime local(@Nullable Instant at) {
    return at == null ? null : LocalDateTime.ofInstant(at, zone);
  }
}
