package io.gradus.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.HasDynamicTitle;
import io.gradus.console.session.ConsolePage;
import io.gradus.console.session.Crumb;
import java.util.List;

/// A page that stands where another could not be shown: what happened, why, and what to do.
abstract class ProblemPage extends Main implements ConsolePage, HasDynamicTitle {
  private static final long serialVersionUID = 1L;

  private transient List<Crumb> crumbs = List.of();

  final void tell(String what, String text) {
    tell(List.of(new Crumb(what)), what, text, new Anchor(".", "Go to the first page"));
  }

  final void tell(List<Crumb> path, String what, String text, Anchor back) {
    crumbs = List.copyOf(path);
    addClassName("g-page");
    removeAll();
    var told = new Section(new H1(what), new Paragraph(text), back);
    told.addClassName("g-empty");
    add(told);
  }

  @Override
  public final List<Crumb> crumbs() {
    return crumbs;
  }

  @Override
  public final String getPageTitle() {
    return title();
  }
}
