package io.gradus.console.approvals;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Asks whom to put an approval before instead.
final class DelegateDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  /// @param people display names by login, of those who could decide
  /// @param chosen given the login and a comment
  DelegateDialog(Map<String, String> people, BiConsumer<String, String> chosen) {
    setHeaderTitle("Delegate");
    addClassName("g-appr-dialog");
    var to = new ComboBox<String>("To");
    to.setWidthFull();
    to.setItems(List.copyOf(people.keySet()));
    to.setItemLabelGenerator(login -> people.get(login) + " (" + login + ")");
    to.setManualValidation(true);
    var why = new TextArea("Comment");
    why.setWidthFull();
    why.setMaxLength(DecideDialog.MAX_COMMENT);
    add(to, why);
    var confirm =
        new Button(
            "Delegate",
            _ -> {
              if (to.getValue() == null) {
                to.setErrorMessage("Choose somebody");
                to.setInvalid(true);
                return;
              }
              close();
              chosen.accept(to.getValue(), why.getValue());
            });
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    confirm
        .addClickShortcut(Key.ENTER, KeyModifier.CONTROL)
        .listenOn(this)
        .resetFocusOnActiveElement();
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, confirm);
  }
}
