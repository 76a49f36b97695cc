package io.gradus.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.gradus.console.session.NotSignedIn;

/// A page that failed: the server's fault, with a reference into its log. It stands without the
/// frame, which may have failed itself.
@AnonymousAllowed
public final class FaultPage extends ProblemPage implements HasErrorParameter<Exception> {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    if (parameter.getException() instanceof NotSignedIn) {
      tell("You are not signed in", Faults.OVER);
      Faults.leave();
      return UNAUTHORIZED;
    }
    String reference = Faults.log(parameter.getException());
    tell("This page could not be shown", Faults.text(reference));
    return SERVER_ERROR;
  }
}
