package io.gradus.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.session.Crumb;
import java.util.List;

/// The way to the page.
final class Breadcrumbs extends Nav {
  private static final long serialVersionUID = 1L;

  private final OrderedList steps = new OrderedList();

  Breadcrumbs() {
    addClassName("g-crumbs");
    getElement().setAttribute("aria-label", "Breadcrumb");
    add(steps);
  }

  void show(List<Crumb> crumbs) {
    steps.removeAll();
    for (Crumb crumb : crumbs) {
      steps.add(
          new ListItem(
              crumb.href() == null ? here(crumb) : new Anchor(crumb.href(), crumb.text())));
    }
  }

  private static Span here(Crumb crumb) {
    var here = new Span(crumb.text());
    here.getElement().setAttribute("aria-current", "page");
    return here;
  }
}
