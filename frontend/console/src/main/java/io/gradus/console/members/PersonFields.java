package io.gradus.console.members;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.service.people.NewPerson;

/// Whoever is asked in: by the login that they have, or as someone new.
public final class PersonFields extends Div {
  private static final long serialVersionUID = 1L;
  private static final String RULE = "Lower-case letters, digits and . _ @ + -";

  private final TextField login = new TextField("Login");
  private final TextField name = new TextField("Name");
  private final EmailField email = new EmailField("E-mail");

  /// Asks for someone new at first.
  public PersonFields() {
    addClassName("g-fields");
    login.setHelperText(RULE);
    login.setMaxLength(64);
    login.setRequiredIndicatorVisible(true);
    name.setMaxLength(80);
    name.setRequiredIndicatorVisible(true);
    email.setHelperText("For mail about approvals. May stay empty.");
    email.setMaxLength(254);
    add(login, name, email);
  }

  /// Asks for the login alone, or for everything.
  public void setKnown(boolean known) {
    name.setVisible(!known);
    email.setVisible(!known);
    login.setHelperText(known ? "As they sign in" : RULE);
  }

  /// What was typed.
  public String login() {
    return login.getValue().strip();
  }

  /// What was typed; the use case says what is wrong with it.
  public NewPerson person() {
    return new NewPerson(login.getValue(), name.getValue(), email.getValue());
  }
}
