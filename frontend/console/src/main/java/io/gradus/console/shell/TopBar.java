package io.gradus.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Crumb;
import io.gradus.service.people.Person;
import java.util.List;

/// The line above every page.
final class TopBar extends Header {
  private static final long serialVersionUID = 1L;

  private final TenantSwitch tenant = new TenantSwitch();
  private final Breadcrumbs crumbs = new Breadcrumbs();
  private final PersonMenu person;
  private final NativeButton command = new NativeButton();

  /// Goes round light, dark and system, in the browser.
  @Tag("gradus-theme-switch")
  @JsModule("./shell/gradus-theme-switch.ts")
  private static final class ThemeSwitch extends Component {
    private static final long serialVersionUID = 1L;
  }

  /// @param help opens the list of keys
  /// @param commands opens the command palette
  TopBar(AuthenticationContext authentication, Runnable help, Runnable commands) {
    addClassName("g-top");
    var skip = new Anchor("#main", "Skip to the page");
    skip.addClassName("g-skip");
    skip.setRouterIgnore(true);
    var drawer = new DrawerToggle();
    drawer.setAriaLabel("Menu");
    var brand = new Anchor(".", Glyph.Name.LOGO.glyph(), new Span("Gradus"));
    brand.addClassName("g-brand");
    person = new PersonMenu(authentication);
    add(
        skip,
        drawer,
        brand,
        tenant,
        crumbs,
        commandButton(commands),
        new ThemeSwitch(),
        helpButton(help),
        person);
  }

  void show(Person who, String account, List<Crumb> way) {
    tenant.show(who, account);
    crumbs.show(way);
    person.show(who);
    command.setVisible(!account.isEmpty());
  }

  private Component commandButton(Runnable commands) {
    var text = new Span("Search or go to…");
    var key = HelpDialog.kbd("Ctrl K");
    command.add(Glyph.Name.SEARCH.glyph(), text, key);
    command.setId("g-command");
    command.addClassName("g-command");
    command.addClickListener(click -> commands.run());
    command.getElement().setAttribute("aria-label", "Search or go to, Ctrl K");
    return command;
  }

  private static Component helpButton(Runnable help) {
    var button = new NativeButton();
    button.add(Glyph.Name.HELP.glyph());
    button.setId("g-help");
    button.addClassName("g-icon-button");
    button.setTitle("Keys");
    button.getElement().setAttribute("aria-label", "Keys");
    button.addClickListener(click -> help.run());
    return button;
  }
}
