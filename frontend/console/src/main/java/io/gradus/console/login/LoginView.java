package io.gradus.console.login;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/// The login form. It posts to the address of this view, where Spring Security answers.
@Route(value = "login", autoLayout = false)
@PageTitle("Log in · Gradus")
@AnonymousAllowed
public final class LoginView extends Main implements BeforeEnterObserver {
  private static final long serialVersionUID = 1L;

  private final LoginForm form = new LoginForm(texts());

  /// Composes the page.
  public LoginView() {
    addClassName("g-login");
    form.setAction("login");
    form.setForgotPasswordButtonVisible(false);
    add(new H1("Gradus"), form);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    form.setError(event.getLocation().getQueryParameters().getParameters().containsKey("error"));
  }

  private static LoginI18n texts() {
    LoginI18n texts = LoginI18n.createDefault();
    texts.getForm().setUsername("User");
    texts.getErrorMessage().setTitle("That user and password do not match");
    texts.getErrorMessage().setMessage("Check both, and that caps lock is off.");
    return texts;
  }
}
