package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.editor.DiffView;
import io.gradus.console.part.Moments;
import io.gradus.console.part.People;
import io.gradus.service.definition.Revision;
import java.time.Clock;

/// Somebody saved meanwhile: shows whose it is and what differs, and lets the author decide.
/// Nothing is lost by any answer, since every save is a revision.
final class ConflictDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  /// What the author decides.
  interface Answers {
    /// Saves what is written as the newest revision, after the other.
    void saveMine();

    /// Shows what the other saved in place of what is written; it can be undone.
    void takeTheirs();
  }

  ConflictDialog(Revision theirs, String mine, Answers answers) {
    String who = People.name(theirs.summary().by());
    setHeaderTitle(who + " saved revision " + theirs.summary().number() + " meanwhile");
    addClassName("g-conflict");
    var when =
        new Paragraph(
            "It was saved "
                + Moments.here().moment(theirs.summary().at(), Clock.systemUTC().instant())
                + ". On the left is what they saved, on the right what you are about to save. If"
                + " you save yours, theirs stays in the list of revisions.");
    var diff = new DiffView();
    diff.addClassName("g-conflict-diff");
    diff.compare(
        new DiffView.Side("Saved by " + who, Written.stored(theirs.definition()).text()),
        new DiffView.Side("Yours", mine),
        Mode.JSON);
    add(when, diff);
    var mineButton =
        new Button(
            "Save mine as the newest",
            click -> {
              close();
              answers.saveMine();
            });
    mineButton.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    var theirsButton =
        new Button(
            "Go on with theirs",
            click -> {
              close();
              answers.takeTheirs();
            });
    var cancel = new Button("Go on writing", click -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(cancel, theirsButton, mineButton);
  }
}
