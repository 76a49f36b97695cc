package io.gradus.console.logs;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePickerVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.select.SelectVariant;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.engine.LogLevel;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What the logs are filtered by; each change goes to the page's address.
final class LogFilters extends Div {
  private static final long serialVersionUID = 1L;
  private static final int TYPED_MILLIS = 500;

  private final ComboBox<String> machine = new ComboBox<>("State machine");
  private final Select<LogLevel> level = new Select<>();
  private final TextField execution = new TextField("Execution");
  private final TextField text = new TextField("Text");
  private final DateTimePicker from = new DateTimePicker("Since");
  private final DateTimePicker until = new DateTimePicker("Until");
  private final Button clear;
  private final transient Consumer<LogQuery> changed;

  LogFilters(Consumer<LogQuery> changed) {
    this.changed = changed;
    addClassName("g-filters");
    getElement().setAttribute("role", "search");
    getElement().setAttribute("aria-label", "Filters");
    machine.addThemeVariants(ComboBoxVariant.LUMO_SMALL);
    machine.setPlaceholder("Any");
    machine.setClearButtonVisible(true);
    machine.setAllowCustomValue(true);
    machine.addCustomValueSetListener(typed -> machine.setValue(typed.getDetail().strip()));
    machine.addValueChangeListener(change -> tell(change.isFromClient()));
    level.setLabel("Level");
    level.addThemeVariants(SelectVariant.LUMO_SMALL);
    level.setItems(LogLevel.ALL, LogLevel.ERROR, LogLevel.FATAL);
    level.setItemLabelGenerator(LogWords::choice);
    level.addValueChangeListener(change -> tell(change.isFromClient()));
    execution.setPlaceholder("Part of a name or ARN");
    text.setPlaceholder("Part of an event");
    for (TextField field : List.of(execution, text)) {
      field.addThemeVariants(TextFieldVariant.LUMO_SMALL);
      field.setClearButtonVisible(true);
      field.setValueChangeMode(ValueChangeMode.LAZY);
      field.setValueChangeTimeout(TYPED_MILLIS);
      field.addValueChangeListener(change -> tell(change.isFromClient()));
    }
    for (DateTimePicker picker : List.of(from, until)) {
      picker.addThemeVariants(DateTimePickerVariant.LUMO_SMALL);
      picker.setLocale(Locale.UK);
      picker.addValueChangeListener(change -> tell(change.isFromClient()));
    }
    clear = new Button("Clear filters", click -> changed.accept(LogQuery.ALL));
    clear.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    add(machine, level, execution, text, from, until, clear);
  }

  /// Shows this filter without telling anyone.
  ///
  /// @param machines that there are events of
  void show(LogQuery query, List<String> machines) {
    machine.setItems(machines);
    machine.setValue(query.machine().isEmpty() ? null : query.machine());
    level.setValue(query.level());
    execution.setValue(query.execution());
    text.setValue(query.text());
    from.setValue(query.from());
    until.setValue(query.until());
    clear.setVisible(!query.filtersNothing());
  }

  private void tell(boolean byPerson) {
    if (byPerson) {
      String chosen = machine.getValue();
      changed.accept(
          new LogQuery(
              chosen == null ? "" : chosen,
              level.getValue(),
              execution.getValue().strip(),
              text.getValue().strip(),
              from.getValue(),
              until.getValue()));
    }
  }
}
