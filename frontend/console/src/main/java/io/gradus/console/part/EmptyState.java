package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;

/// What stands where nothing is yet: what belongs here, and how to get it.
public final class EmptyState extends Section {
  private static final long serialVersionUID = 1L;

  /// Composes one, with one button at best.
  public EmptyState(String title, String text, Component... actions) {
    addClassName("g-empty");
    add(new H2(title), new Paragraph(text));
    if (actions.length > 0) {
      var row = new Div(actions);
      row.addClassName("g-empty-actions");
      add(row);
    }
  }
}
