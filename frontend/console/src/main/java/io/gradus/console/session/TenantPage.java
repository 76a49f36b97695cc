package io.gradus.console.session;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import io.gradus.service.Caller;

/// A page below `t/:account`. It opens for members of that tenant, and looks like a missing page to
/// everyone else.
public abstract class TenantPage extends Main
    implements ConsolePage, BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;
  private String account = "";

  /// A page for whoever is signed in.
  protected TenantPage(SignedIn signedIn) {
    this.signedIn = signedIn;
  }

  /// Fills the page for this caller; called at each navigation to it, also when only a parameter of
  /// its address changed.
  protected abstract void enter(Caller caller, BeforeEnterEvent event);

  /// The tenant's 12 digits.
  public final String account() {
    return account;
  }

  /// For whom the person speaks here, as they stand now.
  ///
  /// @throws NotAMember if they are no member any more
  protected final Caller caller() {
    return signedIn.in(account);
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    addClassName("g-page");
    account = event.getRouteParameters().get("account").orElse("");
    enter(signedIn.in(account), event);
  }

  @Override
  public String getPageTitle() {
    return title();
  }
}
