package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.definition.StateMachine;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a new state machine is to have besides its definition.
final class NewMachine implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TextField name = new TextField();
  private final Select<MachineType> type = new Select<>();
  private final TextField role = new TextField("Role ARN");
  private final TextArea tags = new TextArea("Tags");
  private final Button more = new Button("Role and tags…", click -> open());

  /// Read by the validator's threads as well.
  private volatile MachineType chosen = MachineType.STANDARD;

  NewMachine(Runnable typeChanged) {
    name.setPlaceholder("Name");
    name.setAriaLabel("Name");
    name.setRequired(true);
    name.setMaxLength(80);
    name.addClassName("g-new-name");
    name.addValueChangeListener(event -> name.setInvalid(false));
    type.setItems(MachineType.values());
    type.setItemLabelGenerator(each -> each == MachineType.STANDARD ? "Standard" : "Express");
    type.setAriaLabel("Type");
    type.setValue(MachineType.STANDARD);
    type.addClassName("g-new-type");
    type.addValueChangeListener(
        event -> {
          chosen = event.getValue();
          typeChanged.run();
        });
    role.setWidthFull();
    role.setHelperText(
        "AWS asks for one, so exported machines carry it. What tasks may reach here is set by"
            + " connections, not by this role.");
    tags.setWidthFull();
    tags.setHelperText("One a line, as key=value");
    more.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
  }

  void begin(String account) {
    role.setValue(Handover.usualRole(account));
    tags.clear();
  }

  void propose(String proposal) {
    name.setValue(proposal);
  }

  /// Proposes what was left for this page.
  void propose(Handover left) {
    propose(left.name());
    type.setValue(left.type());
    left.tags().forEach(this::tag);
  }

  /// Adds a tag to those that are proposed.
  void tag(String key, String value) {
    // A line is a tag.
    String line = (key + "=" + value).replaceAll("\\R", " ");
    tags.setValue(tags.isEmpty() ? line : tags.getValue() + "\n" + line);
  }

  Component name() {
    return name;
  }

  Component type() {
    return type;
  }

  Component more() {
    return more;
  }

  MachineType chosenType() {
    return chosen;
  }

  /// Asks for the name where it is missing.
  String chosenRole() {
    return role.getValue().strip();
  }

  boolean isNameMissing() {
    boolean missing = name.getValue().isBlank();
    if (missing) {
      name.setInvalid(true);
      name.setErrorMessage("Give it a name first");
      name.focus();
    }
    return missing;
  }

  StateMachine.Draft draft(String definition) {
    return new StateMachine.Draft(
        name.getValue().strip(), definition, role.getValue().strip(), chosen, null, null, tags());
  }

  private Map<String, String> tags() {
    Map<String, String> found = new LinkedHashMap<>();
    tags.getValue()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              String key = equals < 0 ? line : line.substring(0, equals);
              found.put(key.strip(), equals < 0 ? "" : line.substring(equals + 1).strip());
            });
    return found;
  }

  private void open() {
    var dialog = new Dialog();
    dialog.setHeaderTitle("Role and tags");
    dialog.setWidth("34rem");
    dialog.add(role, tags);
    var done = new Button("Done", click -> dialog.close());
    done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    dialog.getFooter().add(done);
    dialog.open();
  }
}
