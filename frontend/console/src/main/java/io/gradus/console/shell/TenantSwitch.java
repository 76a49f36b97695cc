package io.gradus.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.service.people.Person;
import io.gradus.service.people.Person.Tenancy;

/// Says whose page it is, and goes to the same person's other tenants.
final class TenantSwitch extends Div {
  private static final long serialVersionUID = 1L;

  private final Span name = new Span();
  private final NativeButton button = new NativeButton();
  private final ContextMenu menu = new ContextMenu(button);

  TenantSwitch() {
    addClassName("g-tenant");
    name.addClassName("g-ellipsis");
    button.add(name, Glyph.Name.DOWN.glyph());
    button.getElement().setAttribute("aria-haspopup", "menu");
    menu.setOpenOnClick(true);
    menu.getElement().setProperty("position", "bottom-start");
    menu.addClassName("g-menu");
    add(button);
  }

  /// Shows this tenant of the person's; none where the page belongs to no tenant.
  void show(Person person, String account) {
    String shown =
        person.tenant(account).map(Tenancy::name).orElse(account.isEmpty() ? "Tenants" : account);
    name.setText(shown);
    button.setTitle(account.isEmpty() ? "Choose a tenant" : "Account " + account);
    button.getElement().setAttribute("aria-label", "Tenant: " + shown + ". Switch");
    menu.removeAll();
    for (Tenancy tenancy : person.tenants()) {
      MenuItem item = menu.addItem(entry(tenancy), choice -> go(tenancy.account()));
      item.setEnabled(person.in(tenancy.account()).isPresent());
      item.setCheckable(true);
      item.setChecked(tenancy.account().equals(account));
    }
    setVisible(!person.tenants().isEmpty());
  }

  private static Div entry(Tenancy tenancy) {
    var account = new Span(tenancy.account() + (tenancy.suspended() ? " · suspended" : ""));
    account.addClassNames("g-mono", "g-secondary");
    var entry = new Div(new Span(tenancy.name()), account);
    entry.addClassName("g-menu-entry");
    return entry;
  }

  private static void go(String account) {
    UI.getCurrent().navigate(Links.tenant(account));
  }
}
