package io.gradus.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Hr;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.gradus.console.session.Links;
import io.gradus.service.people.Person;
import java.util.Locale;

/// Who one is, and the way out.
final class PersonMenu extends Div {
  private static final long serialVersionUID = 1L;

  private final transient AuthenticationContext authentication;
  private final NativeButton button = new NativeButton();
  private final ContextMenu menu = new ContextMenu(button);

  PersonMenu(AuthenticationContext authentication) {
    this.authentication = authentication;
    addClassName("g-person");
    button.getElement().setAttribute("aria-haspopup", "menu");
    menu.setOpenOnClick(true);
    menu.getElement().setProperty("position", "bottom-end");
    menu.addClassName("g-menu");
    add(button);
  }

  void show(Person person) {
    button.setText(initials(person.displayName()));
    button.setTitle(person.displayName());
    button.getElement().setAttribute("aria-label", "Account of " + person.displayName());
    menu.removeAll();
    var login = new Span(person.login());
    login.addClassName("g-secondary");
    var who = new Div(new Span(person.displayName()), login);
    who.addClassName("g-menu-entry");
    menu.addItem(who).setEnabled(false);
    menu.addComponent(new Hr());
    menu.addItem("Profile and password", choice -> UI.getCurrent().navigate(Links.PROFILE));
    if (person.platformOperator()) {
      menu.addItem("Tenants", choice -> UI.getCurrent().navigate(Links.TENANTS));
    }
    menu.addComponent(new Hr());
    menu.addItem("Log out", choice -> authentication.logout());
  }

  /// The first letters of the first and the last word: `Ines Okafor` is `IO`.
  static String initials(String name) {
    String[] words = name.strip().split("\\s+", -1);
    String first = letter(words[0]);
    return words.length < 2 ? first : first + letter(words[words.length - 1]);
  }

  private static String letter(String word) {
    return word.isEmpty()
        ? "?"
        : word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
  }
}
