package io.gradus.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.gradus.console.session.NotAMember;
import jakarta.annotation.security.PermitAll;

/// A page of a tenant that the person is no member of: it looks as if there were none.
@ParentLayout(MainLayout.class)
@PermitAll
public final class ForeignTenantPage extends ProblemPage implements HasErrorParameter<NotAMember> {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotAMember> parameter) {
    tell(NotFoundPage.HEADING, NotFoundPage.TEXT);
    return NOT_FOUND;
  }
}
