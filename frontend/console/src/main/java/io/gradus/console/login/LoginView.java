package io.gradus.console.login;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.gradus.console.part.Glyph;
import java.util.Optional;

/// The login form. It posts to the address of this view, where Spring Security answers.
@Route(value = "login", autoLayout = false)
@PageTitle("Log in · Gradus")
@AnonymousAllowed
public final class LoginView extends Main implements BeforeEnterObserver {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_WAIT_SECONDS = 86_400;

  private final LoginForm form = new LoginForm();

  /// Says when caps lock is on and knows after a refusal who it was, in the browser.
  @Tag("gradus-login-help")
  @JsModule("./login/gradus-login-help.ts")
  private static final class LoginHelp extends Component {
    private static final long serialVersionUID = 1L;
  }

  /// Composes the page.
  public LoginView() {
    addClassName("g-login");
    form.setAction("login");
    form.setForgotPasswordButtonVisible(false);
    form.setI18n(texts("", ""));
    var brand = new Div(Glyph.Name.LOGO.glyph(), new Span("Gradus"));
    brand.addClassName("g-brand");
    var lost =
        new Paragraph(
            "Forgot your password? An administrator of your tenant can give you a new one.");
    lost.addClassNames("g-secondary", "g-login-foot");
    var sheet = new Div(brand, form, new LoginHelp(), lost);
    sheet.addClassName("g-login-sheet");
    add(sheet);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters parameters = event.getLocation().getQueryParameters();
    Optional<String> wait = parameters.getSingleParameter("wait");
    if (wait.isPresent()) {
      tell("Too many tries", "Nothing is checked for now. Try again " + in(wait.get()) + ".");
    } else if (parameters.getParameters().containsKey("busy")) {
      tell("Too many people log in at once", "Your password was not checked. Try again.");
    } else if (parameters.getParameters().containsKey("error")) {
      tell(
          "That user and password do not match",
          "Check both, and that caps lock is off. After a few wrong tries you have to wait.");
    }
  }

  private void tell(String title, String text) {
    form.setI18n(texts(title, text));
    form.setError(true);
  }

  /// The address bar can say anything: only a number of seconds is believed.
  private static String in(String seconds) {
    if (!seconds.matches("[0-9]{1,5}")) {
      return "later";
    }
    int wait = Math.min(Integer.parseInt(seconds), LONGEST_WAIT_SECONDS);
    return wait < 120
        ? "in " + Math.max(1, wait) + " seconds"
        : "in " + (wait + 59) / 60 + " minutes";
  }

  private static LoginI18n texts(String title, String text) {
    LoginI18n texts = LoginI18n.createDefault();
    texts.getForm().setTitle("Log in");
    texts.getForm().setUsername("User");
    texts.getErrorMessage().setTitle(title);
    texts.getErrorMessage().setMessage(text);
    return texts;
  }
}
