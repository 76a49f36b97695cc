package io.gradus.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import jakarta.annotation.security.PermitAll;

/// A page whose use case was refused: there is no such thing, or the roles do not allow it.
@ParentLayout(MainLayout.class)
@PermitAll
public final class RefusedPage extends ProblemPage implements HasErrorParameter<Refusal> {
  private static final long serialVersionUID = 1L;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Refusal> parameter) {
    Refusal refusal = parameter.getException();
    boolean denied = refusal.code() == ErrorCode.ACCESS_DENIED;
    tell(
        denied ? "Your roles do not open this page" : "This page has nothing to show",
        refusal.forPeople() + (refusal.forPeople().endsWith(".") ? "" : "."));
    return denied ? FORBIDDEN : NOT_FOUND;
  }
}
