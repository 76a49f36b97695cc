package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;

/// What a state machine has besides its definition.
final class SettingsDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  SettingsDialog(String roleArn, boolean readOnly, Consumer<String> saved) {
    setHeaderTitle("Settings");
    setWidth("34rem");
    var role = new TextField("Role ARN");
    role.setWidthFull();
    role.setValue(roleArn);
    role.setReadOnly(readOnly);
    role.setHelperText(
        "AWS asks for one, so exported machines carry it. What tasks may reach here is set by"
            + " connections, not by this role.");
    add(role);
    var cancel = new Button(readOnly ? "Close" : "Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel);
    if (!readOnly) {
      var save =
          new Button(
              "Save",
              click -> {
                close();
                saved.accept(role.getValue().strip());
              });
      save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      getFooter().add(save);
    }
  }
}
