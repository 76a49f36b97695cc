package io.gradus.console.machines;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.cloudformation.TemplateMachine;
import io.gradus.asl.cloudformation.TemplateMachine.Fault;
import io.gradus.asl.cloudformation.TemplateMachine.Found;
import io.gradus.asl.cloudformation.Templates;
import io.gradus.asl.validate.MachineType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to become of a template: which of its state machines are taken, the files that some of
/// them are in, and what their placeholders become.
final class ImportPlan extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Found found;
  private final transient List<TemplateMachine> machines;
  private final transient Map<Checkbox, Integer> choices = new LinkedHashMap<>();
  private final PlaceholderForm form;
  private final Div problem = new Div();
  private transient Runnable changed = () -> {};

  ImportPlan(Found found, Set<String> functions) {
    this.found = found;
    machines = new ArrayList<>(found.machines());
    form = new PlaceholderForm(found.lookup(), functions);
    addClassName("g-import-plan");
    if (found.inTemplate()) {
      add(new H3(machines.size() == 1 ? "State machine" : "State machines"));
      for (int i = 0; i < machines.size(); i++) {
        add(row(i));
      }
    }
    problem.addClassName("g-form-problem");
    problem.getElement().setAttribute("role", "alert");
    problem.setVisible(false);
    add(form, problem);
    form.show(chosen());
  }

  /// Called whenever other state machines are chosen.
  void whenChanged(Runnable work) {
    changed = work;
  }

  private Div row(int index) {
    TemplateMachine machine = machines.get(index);
    var choice = new Checkbox(machine.name());
    choice.setValue(true);
    choices.put(choice, index);
    choice.addValueChangeListener(event -> refresh());
    var type = new Span(machine.type() == MachineType.STANDARD ? "standard" : "express");
    type.addClassName("g-tag");
    var head = new Div(choice, type);
    head.addClassName("g-row");
    var row = new Div(head);
    row.addClassName("g-import-machine");
    if (!machine.name().equals(machine.logicalId())) {
      var from = new Code(machine.logicalId());
      from.addClassNames("g-secondary", "g-ellipsis");
      from.setTitle("Its name in the template");
      head.add(from);
    }
    String file = machine.file();
    if (file != null) {
      row.add(file(index, file));
    }
    return row;
  }

  private Div file(int index, String file) {
    var said = new Paragraph();
    said.addClassName("g-secondary");
    said.setText(
        file.isEmpty()
            ? "The template does not say where its definition is. Upload it."
            : "Its definition is in " + file + ". Upload that file.");
    var upload = new Div();
    upload.add(
        ImportDialog.upload(
            "Upload…",
            (name, text) -> {
              switch (Templates.withFile(found, machines.get(index), text)) {
                case Fault(String message, int line, int column) ->
                    said.setText(
                        name
                            + " can't be read. Line "
                            + line
                            + ", column "
                            + column
                            + ": "
                            + message
                            + ".");
                case Found whole -> {
                  machines.set(index, whole.machines().getFirst());
                  said.setText("Its definition is " + name + ".");
                }
              }
              refresh();
            }));
    return new Div(said, upload);
  }

  private void refresh() {
    problem.setVisible(false);
    form.show(chosen());
    changed.run();
  }

  /// The state machines that are taken, in the order of the template.
  List<TemplateMachine> chosen() {
    return found.inTemplate()
        ? choices.entrySet().stream()
            .filter(each -> each.getKey().getValue())
            .map(each -> machines.get(each.getValue()))
            .toList()
        : machines;
  }

  /// Whether all that is chosen can be made; says what is missing where it cannot.
  boolean isReady() {
    List<String> missing =
        chosen().stream()
            .filter(each -> each.definition() == null)
            .map(TemplateMachine::name)
            .toList();
    problem.setText("Upload the definition of " + String.join(", ", missing) + " first.");
    problem.setVisible(!missing.isEmpty());
    if (!missing.isEmpty()) {
      problem.scrollIntoView();
    }
    return missing.isEmpty();
  }

  /// The definition as it was filled in; null where it became too long.
  @Nullable String definition(TemplateMachine machine) {
    return found.lookup().filled(machine, form.values(machine));
  }
}
