package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.service.Page;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.Batch.Item;
import io.gradus.service.batch.Batch.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What came of a batch's items: all of them, or those that came out alike.
final class BatchItems extends Div {
  private static final long serialVersionUID = 1L;
  private static final int MACHINE = 6;
  private static final int NAME = 7;

  private final String account;
  private final transient Moments moments;
  private final transient Consumer<BatchQuery> go;
  private final Div rows = new Div();
  private final Div foot = new Div();
  private final Button first = new Button("First page");
  private final Button next = new Button("Next page");
  private final transient Map<String, Button> filters = new LinkedHashMap<>();
  private transient BatchQuery query = BatchQuery.ALL;
  private transient @Nullable String following;

  /// @param go shows another list, by way of the address
  BatchItems(String account, Moments moments, Consumer<BatchQuery> go) {
    this.account = account;
    this.moments = moments;
    this.go = go;
    addClassName("g-map-children");
    Div chosen = new Div();
    chosen.addClassName("g-children-filter");
    chosen.getElement().setAttribute("role", "group");
    chosen.getElement().setAttribute("aria-label", "Result");
    chosen.add(filter(null));
    for (Outcome outcome :
        List.of(Outcome.REFUSED, Outcome.DONE, Outcome.WAITING, Outcome.CANCELLED)) {
      chosen.add(filter(outcome));
    }
    Div bar = new Div(chosen);
    bar.addClassName("g-children-bar");
    first.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    first.addClickListener(_ -> go.accept(new BatchQuery(query.outcome(), null)));
    next.addClickListener(_ -> go.accept(new BatchQuery(query.outcome(), following)));
    foot.addClassNames("g-page-foot", "g-children-foot");
    foot.add(first, next);
    Div head = new Div(new H2("Executions"));
    head.addClassName("g-children-head");
    add(head, bar, rows, foot);
  }

  private Button filter(@Nullable Outcome outcome) {
    Button button = new Button("", _ -> go.accept(new BatchQuery(outcome, null)));
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    filters.put(String.valueOf(outcome), button);
    return button;
  }

  /// Shows these items of a batch.
  void show(Batch batch, BatchQuery asked, Page<Item> page) {
    query = asked;
    following = page.next();
    label(null, "All " + Counts.of(batch.total()));
    for (Outcome outcome : Outcome.values()) {
      label(
          outcome,
          BatchText.word(batch.action(), outcome)
              + " "
              + Counts.of(BatchBar.count(batch, outcome)));
    }
    rows.removeAll();
    if (page.items().isEmpty()) {
      rows.add(
          new EmptyState(
              "None of them",
              "No execution of this batch stands as “"
                  + (asked.outcome() == null
                      ? "any"
                      : BatchText.word(batch.action(), asked.outcome()))
                  + "”."));
    } else {
      Instant now = Instant.now();
      RowTable<Item> table =
          new RowTable<Item>("Executions of the batch")
              .text("No.", "g-nowrap g-tertiary", item -> Counts.of(item.number()))
              .column("Execution", "g-name", this::link)
              .text("State machine", "g-nowrap", item -> part(item, MACHINE))
              .column(
                  "Result",
                  "g-nowrap",
                  item ->
                      new StatusMark(
                          BatchText.status(item.outcome()),
                          BatchText.word(batch.action(), item.outcome())))
              .column("Reason", "g-wide", BatchItems::reason)
              .column("At", "g-nowrap", item -> at(item, now));
      table.setRows(page.items());
      rows.add(table);
    }
    first.setVisible(asked.after() != null);
    next.setVisible(following != null);
    foot.setVisible(asked.after() != null || following != null);
  }

  private void label(@Nullable Outcome outcome, String text) {
    Button button = filters.get(String.valueOf(outcome));
    if (button != null) {
      button.setText(text);
      button.getElement().setAttribute("aria-pressed", String.valueOf(query.outcome() == outcome));
    }
  }

  private Component link(Item item) {
    Anchor link =
        new Anchor(
            Links.execution(account, part(item, MACHINE), part(item, NAME)), part(item, NAME));
    link.addClassName("g-mono");
    return link;
  }

  private Component at(Item item, Instant now) {
    Instant at = item.at();
    return at == null ? new Span() : moments.span(at, now);
  }

  private static Component reason(Item item) {
    Div said = new Div();
    said.addClassName("g-child-said");
    if (item.error() != null) {
      Span error = new Span(item.error());
      error.addClassNames("g-child-error", "g-break");
      said.add(error);
    }
    if (item.reason() != null) {
      Span reason = new Span(item.reason());
      reason.addClassNames("g-secondary", "g-break");
      said.add(reason);
    }
    return said;
  }

  private static String part(Item item, int number) {
    String[] parts = item.executionArn().split(":", -1);
    return parts.length > number ? parts[number] : "";
  }
}
