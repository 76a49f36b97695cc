package io.gradus.console.editor;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.io.Serializable;

/// What differs between two texts: side by side where there is room, in one column on a phone. What
/// is the same is folded away.
@Tag("gradus-diff")
@JsModule("./editor/gradus-diff.ts")
@NpmPackage(value = "@codemirror/merge", version = "6.12.3")
public final class DiffView extends Component implements HasSize, HasStyle {
  private static final long serialVersionUID = 1L;

  private Side before = new Side("", "");
  private Side after = new Side("", "");
  private CodeEditor.Mode mode = CodeEditor.Mode.TEXT;
  private boolean wraps;

  /// One of the two texts.
  ///
  /// @param name what it is, for people who do not see the columns
  public record Side(String name, String text) implements Serializable {}

  /// Compares these two.
  public void compare(Side before, Side after, CodeEditor.Mode mode) {
    this.before = before;
    this.after = after;
    this.mode = mode;
    show();
  }

  /// Breaks long lines to fit from the next comparison on, also where the two stand side by side.
  public void setLineWrapping(boolean on) {
    wraps = on;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    show();
  }

  private void show() {
    getElement()
        .executeJs(
            "this.compare($0, $1, $2, $3, $4, $5)",
            before.text(),
            after.text(),
            mode.wireName(),
            before.name(),
            after.name(),
            wraps);
  }
}
