package io.gradus.console.executions;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import io.gradus.console.editor.JsonView;
import io.gradus.service.maprun.ChildRecords.Whole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a child of a Map Run was given, and what came of it.
final class MapRunChildDetail extends Div {
  private static final long serialVersionUID = 1L;

  /// @param href of its own page; null where it has none
  MapRunChildDetail(Optional<Whole> found, @Nullable String href) {
    addClassName("g-child-detail");
    if (found.isEmpty()) {
      add(new Paragraph("It is not kept any more."));
      return;
    }
    Whole whole = found.get();
    if (whole.error() != null || whole.cause() != null) {
      Pre name = new Pre(whole.error() == null ? "No error name was given." : whole.error());
      name.addClassName("g-error-name");
      Div part = new Div(new H3("Error"), name);
      part.addClassName("g-child-part");
      if (whole.cause() != null && !whole.cause().isEmpty()) {
        part.add(new H3("Cause"), view("Cause", "cause.txt", whole.cause()));
      }
      add(part);
    }
    payload("Input", "input.json", whole.input());
    if (whole.output() != null) {
      payload("Output", "output.json", whole.output());
    }
    if (href != null) {
      Anchor open = new Anchor(href, "Open the child execution");
      open.addClassName("g-child-open");
      add(open);
    }
  }

  private void payload(String title, String fileName, String text) {
    Div part = new Div(new H3(title), view(title, fileName, text));
    part.addClassName("g-child-part");
    add(part);
  }

  private static JsonView view(String label, String fileName, String text) {
    JsonView view = new JsonView(label, fileName);
    view.setPayload(text);
    return view;
  }
}
