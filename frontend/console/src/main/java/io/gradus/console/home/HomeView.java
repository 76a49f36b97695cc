package io.gradus.console.home;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.FirstPage;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/// A tenant's address alone: goes on to the first page of whoever reads it.
@Route("t/:account([0-9]{12})")
@PermitAll
public final class HomeView extends TenantPage {
  private static final long serialVersionUID = 1L;

  /// For whoever is signed in.
  public HomeView(SignedIn signedIn) {
    super(signedIn);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    event.forwardTo(FirstPage.of(caller));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of();
  }
}
