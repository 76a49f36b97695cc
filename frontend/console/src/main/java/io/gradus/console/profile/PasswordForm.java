package io.gradus.console.profile;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import io.gradus.console.part.Notice;
import io.gradus.console.session.SignedIn;
import io.gradus.service.Refusal;
import io.gradus.service.people.PasswordRules;
import io.gradus.service.people.ProfileService;

/// Changes the person's password. This session goes on; the others end.
final class PasswordForm extends Div {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;
  private final transient ProfileService profiles;
  private final transient Runnable changed;
  private final PasswordField current = field("Current password", Autocomplete.CURRENT_PASSWORD);
  private final PasswordField fresh = field("New password", Autocomplete.NEW_PASSWORD);
  private final PasswordField again = field("New password again", Autocomplete.NEW_PASSWORD);
  private final Div problem = new Div();

  /// @param changed called afterwards
  PasswordForm(SignedIn signedIn, ProfileService profiles, Runnable changed) {
    this.signedIn = signedIn;
    this.profiles = profiles;
    this.changed = changed;
    addClassName("g-form");
    fresh.setHelperText(
        "At least "
            + PasswordRules.MIN_LENGTH
            + " characters, not made from your login. A few words that belong to nobody's quotation"
            + " are good.");
    problem.addClassName("g-form-problem");
    problem.getElement().setAttribute("role", "alert");
    problem.setVisible(false);
    var change = new Button("Change password", click -> change());
    change.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    change.addClassName("g-outlined");
    add(current, fresh, again, problem, change);
    // As in any form; only for these fields, because the page has others.
    change.addClickShortcut(Key.ENTER).listenOn(this).resetFocusOnActiveElement();
  }

  private void change() {
    problem.setVisible(false);
    if (!fresh.getValue().equals(again.getValue())) {
      refuse("The new password and its repetition are not the same");
      return;
    }
    try {
      profiles.changePassword(signedIn.person(), current.getValue(), fresh.getValue());
    } catch (Refusal refusal) {
      refuse(refusal.forPeople());
      return;
    }
    signedIn.passwordChanged();
    Notice.info("Changed your password. Your other sessions have ended.");
    changed.run();
  }

  private void refuse(String sentence) {
    problem.setText(sentence);
    problem.setVisible(true);
  }

  private static PasswordField field(String label, Autocomplete autocomplete) {
    var field = new PasswordField(label);
    field.setMaxLength(256);
    field.setAutocomplete(autocomplete);
    return field;
  }
}
