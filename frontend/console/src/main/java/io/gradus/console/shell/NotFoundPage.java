package io.gradus.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;

/// An address that no page has.
@ParentLayout(MainLayout.class)
@PermitAll
public final class NotFoundPage extends ProblemPage
    implements HasErrorParameter<NotFoundException> {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;

  static final String HEADING = "There is no such page";
  static final String TEXT =
      "Nothing has this address, or it belongs to a tenant that you are no member of. Check the"
          + " address, or choose a tenant above.";

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    tell(HEADING, TEXT);
    return NOT_FOUND;
  }
}
