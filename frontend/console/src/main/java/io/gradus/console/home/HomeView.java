package io.gradus.console.home;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/// A tenant's first page: how a program reaches this server.
@Route("t/:account([0-9]{12})")
@PermitAll
public final class HomeView extends TenantPage {
  private static final long serialVersionUID = 1L;

  /// Composes the page.
  public HomeView(SignedIn signedIn) {
    super(signedIn);
    add(
        new PageHeader("Overview"),
        new Paragraph(
            "This server speaks the Step Functions API on the address that you see here. Point the AWS CLI at it:"),
        new Code("aws stepfunctions list-state-machines --endpoint-url <this address>"));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    // The page says the same to everyone.
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Overview"));
  }
}
