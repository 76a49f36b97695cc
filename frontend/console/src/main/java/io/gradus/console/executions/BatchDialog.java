package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.Notice;
import io.gradus.service.Refusal;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.Batch.Action;
import io.gradus.service.batch.Batch.DryRun;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says what a batch would do, and asks whether it is to.
final class BatchDialog extends Dialog {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;

  private final TextField error = new TextField("Error (optional)");
  private final TextArea cause = new TextArea("Cause (optional)");

  /// @param forecast what would become of it
  /// @param selection which executions
  /// @param create makes the batch
  BatchDialog(
      Action action, Batch.Selection selection, DryRun forecast, Consumer<Batch.Draft> create) {
    String verb = BatchText.verb(action);
    setHeaderTitle(verb + " " + BatchText.executions(forecast.selected()) + "?");
    setWidth("520px");
    addClassName("g-dialog");
    VerticalLayout content = new VerticalLayout();
    content.setPadding(false);
    if (forecast.more()) {
      content.add(
          new Paragraph(
              "More than "
                  + Counts.of(Batch.MAX_ITEMS)
                  + " fit. One batch has room for that many: it takes the newest, and another batch"
                  + " can take the rest."));
    }
    content.add(forecast(action, forecast));
    if (forecast.eligible() > 0) {
      content.add(new Paragraph(means(action)));
      if (action == Action.STOP) {
        error.setMaxLength(MAX_ERROR);
        error.setWidthFull();
        cause.setMaxLength(MAX_CAUSE);
        cause.setWidthFull();
        cause.setMinRows(2);
        content.add(error, cause);
      }
    }
    add(content);
    Button keep = new Button(forecast.eligible() > 0 ? "Cancel" : "Close", _ -> close());
    keep.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    getFooter().add(keep);
    if (forecast.eligible() > 0) {
      getFooter().add(act(action, selection, forecast, create));
    }
  }

  private Button act(
      Action action, Batch.Selection selection, DryRun forecast, Consumer<Batch.Draft> create) {
    Button act =
        new Button(BatchText.verb(action) + " " + BatchText.executions(forecast.eligible()));
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (action == Action.STOP) {
      act.addThemeVariants(ButtonVariant.LUMO_ERROR);
    }
    act.setDisableOnClick(true);
    act.addClickListener(
        _ -> {
          try {
            create.accept(
                new Batch.Draft(
                    action, selection, written(error.getValue()), written(cause.getValue())));
            close();
          } catch (Refusal refusal) {
            Notice.error(refusal.message());
          } finally {
            act.setEnabled(true);
          }
        });
    return act;
  }

  private static UnorderedList forecast(Action action, DryRun forecast) {
    UnorderedList list = new UnorderedList();
    list.addClassName("g-forecast");
    list.add(
        new ListItem(
            forecast.eligible() == 0
                ? "None of them can be " + BatchText.done(action)
                : Counts.of(forecast.eligible()) + " can be " + BatchText.done(action)));
    for (Batch.Reason why : forecast.others()) {
      list.add(new ListItem(Counts.of(why.executions()) + " cannot: " + why.reason()));
    }
    return list;
  }

  private static String means(Action action) {
    String all =
        " They are worked on in your name, one after another; you can leave the page, and cancel what"
            + " was not begun. What cannot be done is told with its reason.";
    return switch (action) {
      case STOP ->
          "States that run are stopped, and nothing else is started. What tasks have done already"
              + " stays done."
              + all;
      case REDRIVE ->
          "Each goes on where it failed or was stopped, with the same input, definition and"
              + " variables."
              + all;
    };
  }

  private static @Nullable String written(String text) {
    return text.isBlank() ? null : text;
  }
}
