package io.gradus.console.machines;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.asl.cloudformation.Asked;
import io.gradus.asl.cloudformation.Lookup;
import io.gradus.asl.cloudformation.TemplateMachine;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks what the placeholders of the chosen state machines become, with a proposal where one can be
/// made. What was typed stays when others are chosen.
final class PlaceholderForm extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Lookup lookup;
  private final transient Set<String> functions;
  private final transient Map<Key, TextField> fields = new HashMap<>();
  private transient Map<Key, TextField> shown = Map.of();
  private final Paragraph open = new Paragraph();

  /// The same name may stand for something else in another state machine.
  private record Key(String name, String source) {
    Key(Asked asked) {
      this(asked.name(), asked.source());
    }
  }

  /// @param functions the names of those that are registered
  PlaceholderForm(Lookup lookup, Set<String> functions) {
    this.lookup = lookup;
    this.functions = functions;
    addClassName("g-form");
    open.addClassName("g-import-open");
    open.getElement().setAttribute("role", "status");
  }

  /// Shows what these state machines ask for.
  void show(List<TemplateMachine> machines) {
    Map<Key, TextField> now = new LinkedHashMap<>();
    for (TemplateMachine machine : machines) {
      for (Asked each : lookup.asked(machine)) {
        now.putIfAbsent(new Key(each), fields.computeIfAbsent(new Key(each), _ -> field(each)));
      }
    }
    shown = now;
    removeAll();
    if (now.isEmpty()) {
      return;
    }
    var text =
        new Paragraph(
            "The definition has these in ${…}. What is proposed fits this tenant as far as it can be"
                + " known; change what is not meant.");
    text.addClassName("g-secondary");
    add(new H3("Placeholders"), text);
    now.values().forEach(this::add);
    add(open);
    count();
  }

  /// What was filled in, by the placeholders' names.
  Map<String, String> values(TemplateMachine machine) {
    Map<String, String> values = new HashMap<>();
    for (Asked each : lookup.asked(machine)) {
      TextField field = fields.get(new Key(each));
      if (field != null && !field.getValue().isBlank()) {
        values.put(each.name(), field.getValue().strip());
      }
    }
    return values;
  }

  private TextField field(Asked asked) {
    var field = new TextField(asked.name());
    field.setMaxLength(Asked.MAX_LENGTH);
    field.setValue(asked.proposal() == null ? "" : asked.proposal());
    field.setHelperText(hint(asked));
    field.setClearButtonVisible(true);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(event -> count());
    return field;
  }

  private void count() {
    long empty = shown.values().stream().filter(TextField::isEmpty).count();
    open.setVisible(empty > 0);
    open.setText(
        (empty == 1 ? "1 is empty and stays" : empty + " are empty and stay")
            + " a placeholder: the validator marks where, and the state machine can't be created"
            + " before it is filled in where it matters.");
  }

  private String hint(Asked asked) {
    String function = asked.function();
    if (function != null) {
      return functions.contains(function)
          ? "The function " + function + ", registered here"
          : "No function " + function + " is registered here yet: a task that calls it fails";
    }
    if (asked.origin().equals("Parameter")) {
      return asked.proposal() == null
          ? "A parameter of the template that has no default"
          : "A parameter of the template, with its default";
    }
    if (!asked.origin().isEmpty()) {
      return asked.origin() + " in the template: " + asked.source();
    }
    if (!asked.source().isEmpty()) {
      return "The template fills it with " + asked.source();
    }
    return asked.proposal() == null ? "" : "Guessed by its name and place";
  }
}
