package io.gradus.console.executions;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchService;
import io.gradus.service.execution.ExecutionWatch;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The batches of a tenant, newest first.
@Route("t/:account([0-9]{12})/batches")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-mapruns.css")
public final class BatchesPage extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient BatchService batches;
  private final transient ExecutionWatch watch;
  private final Div rows = new Div();
  private transient volatile List<Batch> shown = List.of();
  private transient @Nullable BatchFollow follow;

  /// A page over these use cases.
  public BatchesPage(SignedIn signedIn, BatchService batches, ExecutionWatch watch) {
    super(signedIn);
    this.batches = batches;
    this.watch = watch;
    rows.addClassName("g-page-rows");
    PageHeader header = new PageHeader("Batches");
    header.setMeta("The last " + Batch.KEPT + ", for " + Batch.RETENTION.toDays() + " days");
    add(header, rows);
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Batches"));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    show(read(caller));
  }

  /// As many as are kept.
  private List<Batch> read(Caller caller) {
    return batches.list(caller, new Page.Request(Batch.KEPT, null)).items();
  }

  private void show(List<Batch> now) {
    shown = now;
    rows.removeAll();
    if (now.isEmpty()) {
      rows.add(
          new EmptyState(
              "No batches",
              "Executions that are stopped or redriven together are a batch, and it stands here with"
                  + " what came of each. Select some of them, or all that match.",
              new Anchor(Links.executions(account()), "Executions")));
      return;
    }
    Instant at = Instant.now();
    Moments moments = Moments.here();
    RowTable<Batch> table =
        new RowTable<Batch>("Batches")
            .column("Batch", "g-name", this::link)
            .column("Status", "g-nowrap", BatchText::mark)
            .column("Progress", "g-batch-progress", BatchesPage::progress)
            .column("Selection", "g-wide", batch -> selection(batch, moments))
            .text("Asked by", "g-nowrap", batch -> People.name(batch.createdBy()))
            .column("Asked", "g-nowrap", batch -> moments.span(batch.createdAt(), at))
            .text("Took", "g-nowrap", batch -> BatchText.took(batch, at));
    table.setRows(now);
    rows.add(table);
  }

  private Component link(Batch batch) {
    return new Anchor(Links.batch(account(), batch.id()), BatchText.title(batch));
  }

  private static Component progress(Batch batch) {
    BatchBar bar = new BatchBar(false);
    bar.set(batch);
    return new Div(new Span(BatchText.progress(batch)), bar);
  }

  private static Component selection(Batch batch, Moments moments) {
    Span span = new Span(BatchText.selection(batch, moments));
    span.addClassName("g-break");
    return span;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    Caller caller = caller();
    follow =
        new BatchFollow(
            event.getUI(),
            moved -> watch.watchAll(caller, moved),
            () -> {
              List<Batch> now = read(caller);
              return now.equals(shown) ? null : () -> show(now);
            },
            () -> shown.stream().anyMatch(batch -> batch.endedAt() == null));
  }

  @Override
  protected void onDetach(DetachEvent event) {
    if (follow != null) {
      follow.close();
      follow = null;
    }
  }
}
