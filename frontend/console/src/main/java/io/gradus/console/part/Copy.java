package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/// A small button that puts a text on the clipboard, in the browser alone.
@Tag("gradus-copy")
@JsModule("./part/gradus-copy.ts")
public final class Copy extends Component implements HasStyle {
  private static final long serialVersionUID = 1L;

  /// @param what names it for those who do not see it, such as "ARN": the button says "Copy ARN"
  public Copy(String text, String what) {
    getElement().setAttribute("label", "Copy " + what);
    setText(text);
  }

  /// One that copies an address of the console, whole, so that it opens elsewhere.
  ///
  /// @param address relative to the console's root, as all links are
  public static Copy link(String address, String what) {
    var copy = new Copy(address, what);
    copy.getElement().setProperty("link", true);
    return copy;
  }

  /// Copies another text from now on.
  public void setText(String text) {
    getElement().setProperty("text", text);
  }
}
