package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.service.definition.Strictness;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a state machine has besides its definition.
final class SettingsDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  /// @param logging is told what was chosen by itself
  /// @param limited is told what was chosen, where it may be chosen; null for who must not
  SettingsDialog(
      String roleArn,
      boolean readOnly,
      Consumer<String> saved,
      LoggingChoice logging,
      Strictness strictness,
      @Nullable Consumer<@Nullable Boolean> limited) {
    setHeaderTitle("Settings");
    setWidth("34rem");
    var role = new TextField("Role ARN");
    role.setWidthFull();
    role.setValue(roleArn);
    role.setReadOnly(readOnly);
    role.setHelperText(
        "AWS asks for one, so exported machines carry it. What tasks may reach here is set by"
            + " connections, not by this role.");
    add(role, logging);
    var limits = new LimitsChoice(strictness, limited != null);
    add(limits);
    var cancel = new Button(readOnly && limited == null ? "Close" : "Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel);
    if (!readOnly || limited != null) {
      var save =
          new Button(
              "Save",
              click -> {
                close();
                if (limited != null && limits.isChanged()) {
                  limited.accept(limits.own());
                }
                if (!readOnly) {
                  logging.save();
                }
                String written = role.getValue().strip();
                if (!readOnly && !written.equals(roleArn)) {
                  saved.accept(written);
                }
              });
      save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      getFooter().add(save);
    }
  }
}
