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

  private String heading = "";

  final void tell(String what, String text) {
    heading = what;
    addClassName("g-page");
    removeAll();
    var back = new Anchor(".", "Go to the first page");
    var told = new Section(new H1(what), new Paragraph(text), back);
    told.addClassName("g-empty");
    add(told);
  }

  @Override
  public final List<Crumb> crumbs() {
    return List.of(new Crumb(heading));
  }

  @Override
  public final String getPageTitle() {
    return title();
  }
}
