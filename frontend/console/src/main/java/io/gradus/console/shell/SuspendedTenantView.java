package io.gradus.console.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.gradus.console.part.EmptyState;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/// What members see instead of every page of a suspended tenant.
@ParentLayout(MainLayout.class)
@PermitAll
public final class SuspendedTenantView extends Main implements HasErrorParameter<SuspendedTenant> {
  private static final long serialVersionUID = 1L;

  /// Empty until it is known which tenant it is.
  public SuspendedTenantView() {
    addClassName("g-page");
  }

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<SuspendedTenant> parameter) {
    removeAll();
    add(
        new EmptyState(
            parameter.getCustomMessage() + " is suspended",
            "The people who run this installation have shut the tenant's doors: its pages and access"
                + " keys are refused until they open them again. Executions that were running go on"
                + " by themselves. Ask them why, and when."));
    return HttpServletResponse.SC_FORBIDDEN;
  }
}
