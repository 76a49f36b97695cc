package io.gradus.console.editor;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import org.jspecify.annotations.Nullable;

/// The fields of one state of a definition that is being written. The browser fills them from the
/// text of the editor and writes what is typed into it: one change of the text for each, in its one
/// history. It asks nothing of the server.
@Tag("gradus-state-form")
@JsModule("./inspector/gradus-state-form.ts")
public final class StateForm extends Component implements HasStyle {
  private static final long serialVersionUID = 1L;

  /// @param editor where the text is
  public StateForm(CodeEditor editor) {
    // Its own script: that waits for where it stands to be shown.
    getElement().executeJs("$0.formOn(this)", editor.getElement());
  }

  /// Shows a state's fields.
  ///
  /// @param id of its node in the graph; null for those of the machine
  public void show(@Nullable String id) {
    getElement().setProperty("state", id == null ? "" : id);
  }
}
