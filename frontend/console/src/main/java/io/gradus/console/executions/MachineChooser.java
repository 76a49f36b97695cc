package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import io.gradus.service.definition.StateMachine;
import java.util.List;
import java.util.function.Consumer;

/// Asks which state machine is to be started.
final class MachineChooser extends Dialog {
  private static final long serialVersionUID = 1L;

  MachineChooser(List<StateMachine.Summary> machines, Consumer<StateMachine.Summary> chosen) {
    setHeaderTitle("Start an execution");
    setWidth("420px");
    ComboBox<StateMachine.Summary> box = new ComboBox<>("State machine");
    box.setItems(machines);
    box.setItemLabelGenerator(StateMachine.Summary::name);
    box.setWidthFull();
    box.setAutofocus(true);
    add(box);
    Button go =
        new Button(
            "Continue…",
            _ -> {
              close();
              chosen.accept(box.getValue());
            });
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    go.setEnabled(false);
    box.addValueChangeListener(change -> go.setEnabled(change.getValue() != null));
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, go);
  }
}
