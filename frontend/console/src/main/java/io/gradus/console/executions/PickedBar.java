package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Glyph;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.Batch.Action;
import java.util.function.Consumer;

/// What can be done with the executions that are picked.
final class PickedBar extends Div {
  private static final long serialVersionUID = 1L;

  private final Span picked = new Span();
  private final Button all;
  private final Button both;

  /// @param pickAll means everything that is listed
  /// @param act asks what an action would do
  /// @param compare puts the two that are picked beside each other
  /// @param none lets go of all
  PickedBar(Runnable pickAll, Consumer<Action> act, Runnable compare, Runnable none) {
    addClassName("g-picked");
    getElement().setAttribute("role", "toolbar");
    getElement().setAttribute("aria-label", "Picked executions");
    picked.addClassName("g-picked-count");
    picked.getElement().setAttribute("role", "status");
    all = new Button("Select all that match", _ -> pickAll.run());
    all.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    both = new Button("Compare", Glyph.Name.COMPARE.glyph(), _ -> compare.run());
    Button redrive =
        new Button("Redrive…", Glyph.Name.REDO.glyph(), _ -> act.accept(Action.REDRIVE));
    redrive.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button stop = new Button("Stop…", Glyph.Name.STOP.glyph(), _ -> act.accept(Action.STOP));
    Button close = new Button(Glyph.Name.CLOSE.glyph(), _ -> none.run());
    close.addThemeVariants(ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_TERTIARY);
    close.setAriaLabel("Select none");
    add(picked, all, both, redrive, stop, close);
    setVisible(false);
  }

  /// Shows that so many are picked; hides where none is.
  void showPicked(int count) {
    picked.setText(Counts.of(count) + " selected");
    all.setVisible(true);
    both.setVisible(count == 2);
    setVisible(count > 0);
  }

  /// Shows that everything is meant which is listed.
  void showAll(int count, boolean more) {
    picked.setText(
        more
            ? "The newest " + Counts.of(Batch.MAX_ITEMS) + " that match"
            : count == 1 ? "The one that matches" : "All " + Counts.of(count) + " that match");
    all.setVisible(false);
    both.setVisible(false);
    setVisible(true);
  }
}
