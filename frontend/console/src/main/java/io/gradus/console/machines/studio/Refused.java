package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.service.Refusal;

/// A line of the page that says what was refused and why, in AWS's words, until it is read or tried
/// again. What was written stays.
public final class Refused extends Div {
  private static final long serialVersionUID = 1L;

  private final Span code = new Span();
  private final Span sentence = new Span();

  /// Nothing was refused yet.
  public Refused() {
    addClassName("g-refused");
    getElement().setAttribute("role", "alert");
    code.addClassNames("g-mono", "g-refused-code");
    sentence.addClassName("g-grow");
    var close = new Button(Glyph.Name.CLOSE.glyph(), click -> clear());
    close.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_ICON);
    close.setAriaLabel("Close");
    add(Glyph.Name.STATUS_ERR.glyph(), code, sentence, close);
    setVisible(false);
  }

  /// Says so.
  public void show(Refusal refusal) {
    show(refusal.code().wireName(), refusal.forPeople());
  }

  /// Says so.
  public void show(String name, String why) {
    code.setText(name);
    sentence.setText(why);
    setVisible(true);
  }

  /// Says nothing.
  public void clear() {
    setVisible(false);
  }
}
