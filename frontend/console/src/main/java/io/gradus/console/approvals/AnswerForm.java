package io.gradus.console.approvals;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasHelper;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.service.approval.FormField;
import io.gradus.service.approval.FormField.Choice;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The fields of an approval's form. Whether what they hold is good is the server's to say.
final class AnswerForm extends Div {
  private static final long serialVersionUID = 1L;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Up to so many choices are all seen at once.
  private static final int RADIOS = 4;

  private final transient Map<String, Entry> entries = new LinkedHashMap<>();

  /// @param value what the field holds; empty for nothing
  private record Entry(Component component, Supplier<Optional<JsonNode>> value) {}

  AnswerForm(List<FormField> fields) {
    addClassName("g-appr-form");
    for (FormField field : fields) {
      Entry entry = entry(field);
      Component component = entry.component();
      if (component instanceof HasHelper helped && field.help() != null) {
        helped.setHelperText(field.help());
      }
      component.getElement().setAttribute("data-field", field.name());
      if (component instanceof HasValue<?, ?> written
          && component instanceof HasValidationProperties validated) {
        written.addValueChangeListener(_ -> validated.setInvalid(false));
      }
      entries.put(field.name(), entry);
      add(component);
    }
  }

  /// What was filled in.
  JsonNode value() {
    ObjectNode answer = JSON.objectNode();
    entries.forEach((name, entry) -> entry.value().get().ifPresent(v -> answer.set(name, v)));
    return answer;
  }

  /// Shows what is wrong at the fields where it is, and goes to the first.
  ///
  /// @param faults a sentence by field
  /// @return what is no field's, in a sentence
  Optional<String> show(Map<String, String> faults) {
    boolean first = true;
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      String fault = faults.get(entry.getKey());
      if (entry.getValue().component() instanceof HasValidationProperties validated) {
        validated.setErrorMessage(fault == null ? "" : fault);
        validated.setInvalid(fault != null);
      }
      if (fault != null && first) {
        // A group does not take the focus, its first button does. And a field that has it may
        // still lie with its fault below what a phone shows.
        entry
            .getValue()
            .component()
            .getElement()
            .executeJs(
                "(this.localName.endsWith('-group') ? this.querySelector('input') : this).focus();"
                    + " this.scrollIntoView({block: 'center'})");
        first = false;
      }
    }
    return faults.entrySet().stream()
        .filter(fault -> !entries.containsKey(fault.getKey()))
        .map(fault -> fault.getValue())
        .findFirst();
  }

  private static Entry entry(FormField field) {
    String label = field.required() ? field.label() + " (required)" : field.label();
    JsonNode initial = field.initial();
    return switch (field.kind()) {
      case TEXT -> text(field, label, initial);
      case LINES -> lines(field, label, initial);
      case NUMBER -> number(label, initial);
      case INTEGER -> integer(label, initial);
      case BOOLEAN -> flag(label, initial);
      case DATE -> date(label, initial);
      case CHOICE -> field.choices().size() <= RADIOS ? radio(field, label) : select(field, label);
      case CHOICES -> many(field, label);
    };
  }

  private static Entry text(FormField field, String label, @Nullable JsonNode initial) {
    var text = new TextField(label);
    text.setManualValidation(true);
    if (field.maxLength() != null) {
      text.setMaxLength(field.maxLength());
    }
    if (initial != null && initial.isString()) {
      text.setValue(initial.stringValue());
    }
    return new Entry(text, () -> written(text.getValue()));
  }

  private static Entry lines(FormField field, String label, @Nullable JsonNode initial) {
    var text = new TextArea(label);
    text.setManualValidation(true);
    text.addClassName("g-appr-wide");
    text.setMinRows(3);
    if (field.maxLength() != null) {
      text.setMaxLength(field.maxLength());
    }
    if (initial != null && initial.isString()) {
      text.setValue(initial.stringValue());
    }
    return new Entry(text, () -> written(text.getValue()));
  }

  private static Optional<JsonNode> written(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(JSON.stringNode(text));
  }

  private static Entry number(String label, @Nullable JsonNode initial) {
    var number = new NumberField(label);
    number.setManualValidation(true);
    if (initial != null && initial.isNumber()) {
      number.setValue(initial.doubleValue());
    }
    return new Entry(number, () -> Optional.ofNullable(number.getValue()).map(JSON::numberNode));
  }

  private static Entry integer(String label, @Nullable JsonNode initial) {
    var number = new IntegerField(label);
    number.setManualValidation(true);
    if (initial != null && initial.isIntegralNumber() && initial.canConvertToInt()) {
      number.setValue(initial.intValue());
    }
    return new Entry(number, () -> Optional.ofNullable(number.getValue()).map(JSON::numberNode));
  }

  private static Entry flag(String label, @Nullable JsonNode initial) {
    var box = new Checkbox(label);
    box.setManualValidation(true);
    box.setValue(initial != null && initial.asBoolean(false));
    return new Entry(box, () -> Optional.of(JSON.booleanNode(box.getValue())));
  }

  private static Entry date(String label, @Nullable JsonNode initial) {
    var date = new DatePicker(label);
    date.setManualValidation(true);
    date.setLocale(Locale.UK);
    date.setI18n(
        new DatePicker.DatePickerI18n().setDateFormats("d MMM yyyy", "yyyy-MM-dd", "d.M.yyyy"));
    if (initial != null && initial.isString()) {
      try {
        date.setValue(LocalDate.parse(initial.stringValue()));
      } catch (DateTimeParseException _) {
        date.clear();
      }
    }
    return new Entry(
        date,
        () -> Optional.ofNullable(date.getValue()).map(day -> JSON.stringNode(day.toString())));
  }

  private static Entry radio(FormField field, String label) {
    var group = new RadioButtonGroup<Choice>(label);
    group.setManualValidation(true);
    group.addClassName("g-appr-wide");
    group.setItems(field.choices());
    group.setItemLabelGenerator(Choice::label);
    initially(field, group);
    return new Entry(group, () -> Optional.ofNullable(group.getValue()).map(Choice::value));
  }

  private static Entry select(FormField field, String label) {
    var select = new Select<Choice>();
    select.setLabel(label);
    select.setManualValidation(true);
    select.setItems(field.choices());
    select.setItemLabelGenerator(choice -> choice == null ? "" : choice.label());
    if (!field.required()) {
      select.setEmptySelectionAllowed(true);
    }
    initially(field, select);
    return new Entry(select, () -> Optional.ofNullable(select.getValue()).map(Choice::value));
  }

  private static void initially(FormField field, AbstractField<?, Choice> into) {
    field.choices().stream()
        .filter(choice -> choice.value().equals(field.initial()))
        .findFirst()
        .ifPresent(into::setValue);
  }

  private static Entry many(FormField field, String label) {
    var group = new CheckboxGroup<Choice>(label);
    group.setManualValidation(true);
    group.addClassName("g-appr-wide");
    group.setItems(field.choices());
    group.setItemLabelGenerator(Choice::label);
    JsonNode initial = field.initial();
    if (initial != null && initial.isArray()) {
      Set<Choice> chosen = new LinkedHashSet<>();
      for (JsonNode value : initial) {
        field.choices().stream().filter(c -> c.value().equals(value)).forEach(chosen::add);
      }
      group.setValue(chosen);
    }
    return new Entry(
        group,
        () -> {
          ArrayNode array = JSON.arrayNode();
          field.choices().stream()
              .filter(group.getValue()::contains)
              .forEach(choice -> array.add(choice.value()));
          return array.isEmpty() && !field.required() ? Optional.empty() : Optional.of(array);
        });
  }
}
