package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import io.gradus.service.Refusal;

/// Asks for a few things and does something with them. What is refused is said in place, and what
/// was typed stays.
public final class FormDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private final Div fields = new Div();
  private final Div problem = new Div();
  private final Button act;
  private final Button cancel = new Button("Cancel", click -> close());
  private transient Runnable action = () -> {};

  /// @param verb on the button that does it, with its object where that is not in the title
  public FormDialog(String title, String verb) {
    addClassName("g-form-dialog");
    setHeaderTitle(title);
    setCloseOnOutsideClick(false);
    fields.addClassName("g-form");
    problem.addClassName("g-form-problem");
    problem.getElement().setAttribute("role", "alert");
    problem.setVisible(false);
    add(fields, problem);
    act = new Button(verb, click -> run());
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    act.setDisableOnClick(true);
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, act);
  }

  /// What is asked for.
  public FormDialog with(Component... asked) {
    fields.add(asked);
    return this;
  }

  /// Marks that what it does cannot be undone.
  public FormDialog dangerous() {
    act.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return this;
  }

  /// What the button does. The dialog closes when it was done.
  public FormDialog doing(Runnable work) {
    action =
        () -> {
          work.run();
          close();
        };
    return this;
  }

  /// What the button does, where something is shown afterwards: see [#showInstead].
  public FormDialog doingAndStaying(Runnable work) {
    action = work;
    return this;
  }

  /// Shows this in place of what was asked: what came of it, with one button to go on.
  public void showInstead(String title, String goOn, Component... shown) {
    setHeaderTitle(title);
    setCloseOnEsc(false);
    fields.removeAll();
    fields.add(shown);
    var done = new Button(goOn, click -> close());
    done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().removeAll();
    getFooter().add(done);
  }

  private void run() {
    try {
      problem.setVisible(false);
      action.run();
    } catch (Refusal refusal) {
      problem.setText(refusal.forPeople());
      problem.setVisible(true);
      // A long form has it below what is seen.
      problem.scrollIntoView();
    } finally {
      act.setEnabled(true);
    }
  }
}
