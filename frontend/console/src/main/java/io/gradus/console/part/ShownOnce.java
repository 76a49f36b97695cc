package io.gradus.console.part;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/// A text that a person takes along: its name, itself, and a button that copies it.
public final class ShownOnce extends Div {
  private static final long serialVersionUID = 1L;

  /// @param name such as "Secret access key"
  public ShownOnce(String name, String text) {
    addClassName("g-once");
    var label = new Span(name);
    label.addClassName("g-once-name");
    var value = new Code(text);
    var row = new Div(value, new Copy(text, name));
    row.addClassName("g-once-row");
    add(label, row);
  }
}
