package io.gradus.console.profile;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.Notice;
import io.gradus.console.session.SignedIn;
import io.gradus.service.Refusal;
import io.gradus.service.people.Person;
import io.gradus.service.people.ProfileService;

/// How the person is shown and reached.
final class ProfileForm extends Div {
  private static final long serialVersionUID = 1L;

  ProfileForm(SignedIn signedIn, ProfileService profiles, Person person) {
    addClassName("g-form");
    var login = new TextField("Login");
    login.setValue(person.login());
    login.setReadOnly(true);
    login.setHelperText("Approvals and the audit log name you by it. It stays as it is.");
    var name = new TextField("Name");
    name.setValue(person.displayName());
    name.setMaxLength(80);
    name.setAutocomplete(Autocomplete.NAME);
    var email = new EmailField("E-mail");
    String address = person.email();
    email.setValue(address == null ? "" : address);
    email.setHelperText("For mail about approvals. May stay empty.");
    var problem = new Div();
    problem.addClassName("g-form-problem");
    problem.getElement().setAttribute("role", "alert");
    problem.setVisible(false);
    var save =
        new Button(
            "Save profile",
            click -> {
              try {
                problem.setVisible(false);
                profiles.change(signedIn.person(), name.getValue(), email.getValue());
                Notice.info("Saved your profile");
              } catch (Refusal refusal) {
                problem.setText(refusal.forPeople());
                problem.setVisible(true);
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(login, name, email, problem, save);
  }
}
