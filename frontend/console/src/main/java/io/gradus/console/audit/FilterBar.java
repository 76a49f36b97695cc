package io.gradus.console.audit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePickerVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.service.audit.AuditLog.Facets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What the audit log is filtered by; each change goes to the page's address.
final class FilterBar extends Div {
  private static final long serialVersionUID = 1L;

  private final ComboBox<String> who = new ComboBox<>("Who");
  private final ComboBox<String> action = new ComboBox<>("Action");
  private final TextField target = new TextField("Target");
  private final TextField source = new TextField("From where");
  private final DateTimePicker from = new DateTimePicker("Since");
  private final DateTimePicker until = new DateTimePicker("Until");
  private final Button clear;
  private final transient Consumer<AuditQuery> changed;

  FilterBar(Consumer<AuditQuery> changed) {
    this.changed = changed;
    addClassName("g-filters");
    getElement().setAttribute("role", "search");
    getElement().setAttribute("aria-label", "Filters");
    for (ComboBox<String> box : List.of(who, action)) {
      box.addThemeVariants(ComboBoxVariant.LUMO_SMALL);
      box.setPlaceholder("Anyone");
      box.setClearButtonVisible(true);
      box.setAllowCustomValue(true);
      box.addCustomValueSetListener(typed -> box.setValue(typed.getDetail().strip()));
      box.addValueChangeListener(change -> tell(change.isFromClient()));
    }
    action.setPlaceholder("Anything");
    target.setPlaceholder("Part of a name or ARN");
    source.setPlaceholder("Address or console");
    for (TextField field : List.of(target, source)) {
      field.addThemeVariants(TextFieldVariant.LUMO_SMALL);
      field.setClearButtonVisible(true);
      field.setValueChangeMode(ValueChangeMode.LAZY);
      field.setValueChangeTimeout(500);
      field.addValueChangeListener(change -> tell(change.isFromClient()));
    }
    for (DateTimePicker picker : List.of(from, until)) {
      picker.addThemeVariants(DateTimePickerVariant.LUMO_SMALL);
      picker.setLocale(Locale.UK);
      picker.addValueChangeListener(change -> tell(change.isFromClient()));
    }
    clear = new Button("Clear filters", click -> changed.accept(AuditQuery.ALL));
    clear.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    add(who, action, target, source, from, until, clear);
  }

  /// Shows this filter without telling anyone.
  void show(AuditQuery query, Facets facets) {
    who.setItems(facets.people());
    action.setItems(facets.actions());
    who.setValue(query.who().isEmpty() ? null : query.who());
    action.setValue(query.action().isEmpty() ? null : query.action());
    target.setValue(query.target());
    source.setValue(query.source());
    from.setValue(query.from());
    until.setValue(query.until());
    clear.setVisible(!query.filtersNothing());
  }

  private void tell(boolean byPerson) {
    if (byPerson) {
      changed.accept(
          new AuditQuery(
              text(who),
              text(action),
              target.getValue().strip(),
              source.getValue().strip(),
              from.getValue(),
              until.getValue()));
    }
  }

  private static String text(ComboBox<String> box) {
    String value = box.getValue();
    return value == null ? "" : value;
  }
}
