package io.gradus.console.approvals;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.gradus.service.approval.Approval;
import java.util.function.Consumer;

/// Asks once more before a decision, and for the comment that a rejection needs.
final class DecideDialog extends Dialog {
  private static final long serialVersionUID = 1L;
  static final int MAX_COMMENT = 4_000;

  /// @param comment what was written so far
  /// @param decided given the comment when it is confirmed
  DecideDialog(String title, String outcome, String comment, Consumer<String> decided) {
    boolean rejects = outcome.equals(Approval.REJECTED);
    String verb = Labels.verb(outcome);
    setHeaderTitle(verb + "?");
    addClassName("g-appr-dialog");
    var question = new Paragraph(title);
    question.addClassName("g-appr-question");
    var why = new TextArea(rejects ? "Comment (required)" : "Comment");
    why.setWidthFull();
    why.setMinRows(3);
    why.setMaxLength(MAX_COMMENT);
    why.setValue(comment);
    why.setManualValidation(true);
    add(question, why);
    var confirm =
        new Button(
            verb,
            _ -> {
              if (rejects && why.getValue().isBlank()) {
                why.setErrorMessage("Say why: it is told to those who asked");
                why.setInvalid(true);
                why.focus();
                return;
              }
              close();
              decided.accept(why.getValue());
            });
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (rejects) {
      confirm.addThemeVariants(ButtonVariant.LUMO_ERROR);
    }
    confirm
        .addClickShortcut(Key.ENTER, KeyModifier.CONTROL)
        .listenOn(this)
        // Or what was just typed would not have left the field yet.
        .resetFocusOnActiveElement();
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, confirm);
    addOpenedChangeListener(
        event -> {
          if (event.isOpened()) {
            why.focus();
          }
        });
  }
}
