package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Span;

/// The head of a page: its title, what stands beside the title, and what can be done.
public final class PageHeader extends Header {
  private static final long serialVersionUID = 1L;

  private final H1 title = new H1();
  private final Div meta = new Div();
  private final Div actions = new Div();

  /// Composes one; the action that matters most comes last.
  public PageHeader(String text, Component... doable) {
    addClassName("g-page-header");
    meta.addClassName("g-page-meta");
    actions.addClassName("g-page-actions");
    title.setText(text);
    actions.add(doable);
    add(title, meta, actions);
  }

  /// Another title.
  public void setHeading(String text) {
    title.setText(text);
  }

  /// What stands beside the title, such as "37 of 18,402 in the last 24 h".
  public void setMeta(String text) {
    setMeta(new Span(text));
  }

  /// What stands beside the title: marks, tags, a line of text.
  public void setMeta(Component... parts) {
    meta.removeAll();
    meta.add(parts);
  }

  /// Other actions.
  public void setActions(Component... doable) {
    actions.removeAll();
    actions.add(doable);
  }
}
