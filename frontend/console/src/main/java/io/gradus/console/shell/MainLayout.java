package io.gradus.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.gradus.console.approvals.ApprovalBadge;
import io.gradus.console.session.ConsolePage;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.approval.ApprovalWatch;
import io.gradus.service.people.Person;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The frame of every page behind the login: where one can go, who one is, and the way out.
@Layout
@PermitAll
@JsModule("./shell/keys.ts")
@JsModule("./part/tabs.ts")
public final class MainLayout extends AppLayout implements AfterNavigationObserver {
  private static final long serialVersionUID = 1L;

  private static final Pattern BELOW_TENANT = Pattern.compile("t/([0-9]{12})(?:/|$)");

  private final transient SignedIn signedIn;
  private final transient Names names;
  private final Navigation navigation;
  private final TopBar top;

  /// Says when the server is not heard.
  @Tag("gradus-live-line")
  @JsModule("./shell/gradus-live-line.ts")
  private static final class LiveLine extends Component {
    private static final long serialVersionUID = 1L;
  }

  /// Composes the frame for whoever is logged in.
  public MainLayout(
      SignedIn signedIn,
      AuthenticationContext authentication,
      Names names,
      ApprovalService approvals,
      ApprovalWatch watch) {
    this.signedIn = signedIn;
    navigation =
        new Navigation(account -> new ApprovalBadge(approvals, watch, () -> signedIn.in(account)));
    this.names = names;
    top = new TopBar(authentication, this::help, this::commands);
    setPrimarySection(Section.NAVBAR);
    addToNavbar(top, new LiveLine());
    addToDrawer(navigation);
  }

  /// What stands in the frame changed: shows its way, its tenant, and where one can go from it.
  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Component content = getContent();
    if (content instanceof Main main) {
      main.setId("main");
      main.getElement().setAttribute("tabindex", "-1");
    }
    Person person = signedIn.person();
    String account =
        content instanceof TenantPage page
            ? page.account()
            : account(person, event.getLocation().getPath());
    ConsolePage page = content instanceof ConsolePage known ? known : MainLayout::titleAlone;
    top.show(person, account, page.crumbs());
    setClassName("g-rail-aside", page.usesRail());
    // Pages of the person alone keep the way back into their first tenant.
    Optional<Caller> caller =
        account.isEmpty() ? person.callers().stream().findFirst() : person.in(account);
    navigation.show(caller.orElse(null), person.platformOperator(), event.getLocation().getPath());
  }

  /// The tenant whose page is missing or refused, where the person is a member; empty for none.
  private static String account(Person person, String path) {
    Matcher below = BELOW_TENANT.matcher(path);
    return below.lookingAt() && person.in(below.group(1)).isPresent() ? below.group(1) : "";
  }

  private static List<Crumb> titleAlone() {
    String title = UI.getCurrent().getInternals().getTitle();
    return title == null ? List.of() : List.of(new Crumb(title.split(" · ", -1)[0]));
  }

  private void help() {
    new HelpDialog(getContent() instanceof ConsolePage page ? page.keys() : List.of()).open();
  }

  private void commands() {
    if (getContent() instanceof TenantPage page) {
      new Palette(signedIn.in(page.account()), signedIn.person().platformOperator(), names).open();
    }
  }
}
