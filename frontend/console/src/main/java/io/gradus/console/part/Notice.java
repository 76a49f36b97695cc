package io.gradus.console.part;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.Notification.Position;

/// A sentence at the foot of the page. What went well goes by itself; an error stays until it is
/// read.
public final class Notice {
  private static final int INFO_MILLIS = 6_000;
  private static final int UNTIL_CLOSED = 0;

  private Notice() {}

  /// Tells that something was done.
  public static void info(String text) {
    show(text, INFO_MILLIS, Glyph.Name.CHECK, "g-notice-info", false);
  }

  /// Tells what happened, why, and what to do.
  public static void error(String text) {
    show(text, UNTIL_CLOSED, Glyph.Name.FAIL, "g-notice-error", true);
  }

  private static void show(
      String text, int millis, Glyph.Name glyph, String className, boolean assertive) {
    var notification = new Notification();
    notification.setPosition(Position.BOTTOM_START);
    notification.setDuration(millis);
    notification.setAssertive(assertive);
    var close = new Button(Glyph.Name.CLOSE.glyph(), click -> notification.close());
    close.addThemeVariants(ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_TERTIARY_INLINE);
    close.setAriaLabel("Close");
    var row = new Div(glyph.glyph(), new Span(text), close);
    row.addClassNames("g-notice", className);
    notification.add(row);
    notification.open();
  }
}
