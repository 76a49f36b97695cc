package io.gradus.console.executions;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.FormDialog;
import io.gradus.service.savedview.SavedView;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What is asked about saved views.
final class ViewDialogs {
  private ViewDialogs() {}

  /// Asks for a new view's name.
  ///
  /// @param mayShare whether sharing it is offered
  /// @param save is given the name, and whether it is shared
  static FormDialog save(boolean mayShare, BiConsumer<String, Boolean> save) {
    TextField name = name("");
    Checkbox shared = new Checkbox("Share with everyone in the tenant");
    shared.setVisible(mayShare);
    return new FormDialog("Save view", "Save view")
        .with(
            name,
            shared,
            note("The filters as they are now. Today, Last 24 h and the like go on with the time."))
        .doing(() -> save.accept(name.getValue(), shared.getValue()));
  }

  /// Asks for another name.
  static FormDialog rename(SavedView view, Consumer<String> rename) {
    TextField name = name(view.name());
    return new FormDialog("Rename view", "Rename view")
        .with(name)
        .doing(() -> rename.accept(name.getValue()));
  }

  /// Asks whether it is to be deleted.
  static FormDialog delete(SavedView view, Runnable delete) {
    return new FormDialog("Delete " + view.name() + "?", "Delete view")
        .dangerous()
        .with(
            new Span(
                view.shared()
                    ? "Everyone in the tenant loses it. Executions are not touched, and links to the"
                        + " list still lead to it."
                    : "Executions are not touched, and links to the list still lead to it."))
        .doing(delete);
  }

  private static Span note(String text) {
    Span note = new Span(text);
    note.addClassName("g-secondary");
    return note;
  }

  private static TextField name(String now) {
    TextField name = new TextField("Name");
    name.setMaxLength(SavedView.MAX_NAME);
    name.setWidthFull();
    name.setValue(now);
    name.setAutofocus(true);
    name.setAutoselect(true);
    return name;
  }
}
