package io.gradus.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/// What members see instead of every page of a suspended tenant.
@ParentLayout(MainLayout.class)
@PermitAll
public final class SuspendedTenantView extends ProblemPage
    implements HasErrorParameter<SuspendedTenant> {
  private static final long serialVersionUID = 1L;

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<SuspendedTenant> parameter) {
    tell(
        parameter.getCustomMessage() + " is suspended",
        "The people who run this installation have shut the tenant's doors: its pages and access keys"
            + " are refused until they open them again. Executions that were running go on by"
            + " themselves. Ask them why, and when.");
    return HttpServletResponse.SC_FORBIDDEN;
  }
}
