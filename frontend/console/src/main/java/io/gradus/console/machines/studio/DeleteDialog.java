package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;

/// Deletes a state machine when its name was typed.
final class DeleteDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  DeleteDialog(String name, Runnable delete) {
    setHeaderTitle("Delete this state machine?");
    setWidth("30rem");
    var button =
        new Button(
            "Delete " + name,
            click -> {
              close();
              delete.run();
            });
    button.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
    button.setEnabled(false);
    var typed = new TextField("Type " + name + " to delete it");
    typed.setWidthFull();
    typed.setAutofocus(true);
    typed.setValueChangeMode(ValueChangeMode.EAGER);
    typed.addValueChangeListener(event -> button.setEnabled(event.getValue().equals(name)));
    add(
        new Paragraph(
            "Executions that are running go on to their end, and what ran stays to be looked at. The"
                + " definition and its revisions can't be reached any more."),
        typed);
    var cancel = new Button("Cancel", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, button);
  }
}
