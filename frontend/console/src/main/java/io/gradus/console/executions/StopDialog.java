package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.Notice;
import io.gradus.service.Refusal;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Asks with which error and cause an execution is to be stopped.
final class StopDialog extends Dialog {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;

  /// @param stop is given the error and the cause, each null where nothing was written
  StopDialog(String name, BiConsumer<@Nullable String, @Nullable String> stop) {
    setHeaderTitle("Stop " + name + "?");
    setWidth("480px");
    addClassName("g-dialog");
    TextField error = new TextField("Error (optional)");
    error.setMaxLength(MAX_ERROR);
    error.setWidthFull();
    TextArea cause = new TextArea("Cause (optional)");
    cause.setMaxLength(MAX_CAUSE);
    cause.setWidthFull();
    cause.setMinRows(3);
    VerticalLayout content =
        new VerticalLayout(
            new Paragraph(
                "States that run are stopped, and nothing else is started. What tasks have done"
                    + " already stays done."),
            error,
            cause);
    content.setPadding(false);
    add(content);
    Button keep = new Button("Let it run", _ -> close());
    keep.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    Button go =
        new Button(
            "Stop execution",
            _ -> {
              try {
                stop.accept(written(error.getValue()), written(cause.getValue()));
                close();
              } catch (Refusal refusal) {
                Notice.error(refusal.forPeople());
              }
            });
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
    getFooter().add(keep, go);
  }

  private static @Nullable String written(String text) {
    return text.isBlank() ? null : text;
  }
}
