package io.gradus.console.executions;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchService;
import io.gradus.service.execution.ExecutionWatch;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One batch, live: how far it is, and what came of each of its executions. Which of these are
/// listed stands in the address.
@Route("t/:account([0-9]{12})/batches/:batch")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-mapruns.css")
public final class BatchPage extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final int PAGE = 100;

  private final transient BatchService batches;
  private final transient ExecutionWatch watch;
  private String id = "";
  private transient volatile BatchQuery query = BatchQuery.ALL;
  private transient volatile @Nullable Look shown;
  private transient @Nullable Parts parts;
  private transient @Nullable BatchFollow follow;

  /// What is shown of it.
  private record Look(Batch batch, BatchQuery asked, Page<Batch.Item> items) {}

  /// Where it is shown.
  private record Parts(
      PageHeader header, Button cancel, BatchBar bar, Span took, BatchItems items) {}

  /// A page over these use cases.
  public BatchPage(SignedIn signedIn, BatchService batches, ExecutionWatch watch) {
    super(signedIn);
    this.batches = batches;
    this.watch = watch;
    addClassName("g-batch");
  }

  @Override
  public List<Crumb> crumbs() {
    Look now = shown;
    return List.of(
        new Crumb("Batches", Links.batches(account())),
        new Crumb(now == null ? "Batch" : BatchText.title(now.batch())));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    String wanted = event.getRouteParameters().get("batch").orElse("");
    query = BatchQuery.of(event.getLocation().getQueryParameters());
    try {
      boolean same = wanted.equals(id) && parts != null;
      id = wanted;
      Look look = look(caller);
      if (!same) {
        compose(look.batch());
      }
      show(look);
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.RESOURCE_NOT_FOUND) {
        throw refusal;
      }
      unfollow();
      removeAll();
      parts = null;
      shown = null;
      add(
          new PageHeader("Batch"),
          new EmptyState(
              "There is no such batch",
              "A batch is kept for " + Batch.RETENTION.toDays() + " days after its end.",
              new Anchor(Links.batches(account()), "Batches")));
    }
  }

  private Look look(Caller caller) {
    BatchQuery asked = query;
    return new Look(
        batches.get(caller, id),
        asked,
        batches.items(caller, id, asked.outcomes(), new Page.Request(PAGE, asked.after())));
  }

  private void compose(Batch batch) {
    unfollow();
    removeAll();
    Moments moments = Moments.here();
    Button cancel = new Button("Cancel batch…", _ -> cancel());
    cancel.setVisible(false);
    PageHeader header = new PageHeader(BatchText.title(batch), cancel);
    BatchBar bar = new BatchBar(true);
    Span took = new Span();
    took.addClassName("g-secondary");
    Div line = new Div(new Span("Progress"), took);
    line.addClassName("g-batch-line");
    Section progress = new Section(line, bar);
    progress.addClassName("g-batch-figures");
    BatchItems items = new BatchItems(account(), moments, this::go);
    parts = new Parts(header, cancel, bar, took, items);
    add(header, facts(batch, moments), progress, items);
    if (isAttached()) {
      getUI().ifPresent(this::follow);
    }
  }

  private static Div facts(Batch batch, Moments moments) {
    Div facts = new Div();
    facts.addClassName("g-batch-facts");
    facts.add(
        fact("Selection", new Span(BatchText.selection(batch, moments))),
        fact("Asked by", new Span(People.name(batch.createdBy()))),
        fact("Asked", moments.span(batch.createdAt(), Instant.now())));
    if (batch.error() != null) {
      facts.add(fact("Error", new Span(batch.error())));
    }
    if (batch.cause() != null) {
      facts.add(fact("Cause", new Span(batch.cause())));
    }
    return facts;
  }

  private static Div fact(String name, Span value) {
    Span label = new Span(name);
    label.addClassName("g-secondary");
    value.addClassName("g-break");
    return new Div(label, value);
  }

  private void show(Look look) {
    Parts on = parts;
    if (on == null) {
      return;
    }
    Batch batch = look.batch();
    Look before = shown;
    shown = look;
    on.header().setMeta(BatchText.mark(batch));
    on.cancel()
        .setVisible(batch.status() == Batch.Status.RUNNING && caller().allows(Permission.RUN));
    on.bar().set(batch);
    on.took().setText(BatchText.progress(batch) + " · " + BatchText.took(batch, Instant.now()));
    boolean same =
        before != null
            && before.batch().equals(batch)
            && before.asked().equals(look.asked())
            && before.items().equals(look.items());
    if (!same) {
      on.items().show(batch, look.asked(), look.items());
    }
  }

  private void go(BatchQuery next) {
    getUI()
        .ifPresent(
            ui ->
                ui.navigate(
                    BatchPage.class,
                    new RouteParameters(
                        new RouteParam("account", account()), new RouteParam("batch", id)),
                    next.query()));
  }

  private void cancel() {
    Look now = shown;
    if (now == null) {
      return;
    }
    new FormDialog("Cancel the batch?", "Cancel batch")
        .with(
            new Paragraph(
                "What it has "
                    + BatchText.done(now.batch().action())
                    + " already stays so. The others are not begun."))
        .dangerous()
        .doing(
            () -> {
              batches.cancel(caller(), id);
              show(look(caller()));
            })
        .open();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(event.getUI());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    unfollow();
  }

  private void follow(UI ui) {
    if (parts == null || follow != null) {
      return;
    }
    Caller caller = caller();
    follow =
        new BatchFollow(
            ui,
            moved -> watch.watchAll(caller, moved),
            () -> isOpen() ? next(look(caller)) : null,
            this::isOpen);
  }

  private Runnable next(Look look) {
    return () -> {
      if (look.asked().equals(query) && look.batch().id().equals(id)) {
        show(look);
      }
    };
  }

  private boolean isOpen() {
    Look now = shown;
    return now != null && now.batch().endedAt() == null;
  }

  private void unfollow() {
    if (follow != null) {
      follow.close();
      follow = null;
    }
  }
}
