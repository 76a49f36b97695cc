package io.gradus.console.audit;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.audit.AuditLog.Entry;
import io.gradus.service.audit.AuditLog.Format;
import io.gradus.service.audit.AuditService;
import jakarta.annotation.security.PermitAll;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// Who did what in a tenant, when and from where. The filter is in the address.
@Route("t/:account([0-9]{12})/audit")
@PermitAll
@StyleSheet("gradus-people.css")
public final class AuditView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final int PAGE = 100;

  private final transient AuditService audit;
  private final transient Clock clock;
  private final Button verify = new Button("Verify chain", click -> verify());
  private final ChainCheck check;
  private final FilterBar filters;
  private final Div rows = new Div();
  private final Button older = new Button("Older entries", click -> addOlder());
  private EntryTable table = new EntryTable(Moments.here(), Instant.EPOCH);
  private transient volatile AuditQuery query = AuditQuery.ALL;
  private volatile ZoneId zone = ZoneOffset.UTC;
  private long before = Long.MAX_VALUE;

  /// For whoever is signed in.
  public AuditView(SignedIn signedIn, AuditService audit, Clock clock) {
    super(signedIn);
    this.audit = audit;
    this.clock = clock;
    check = new ChainCheck(audit, clock);
    filters = new FilterBar(this::go);
    verify.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    older.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    rows.addClassName("g-page-rows");
    var foot = new Div(older);
    foot.addClassName("g-page-foot");
    var header =
        new PageHeader(
            "Audit log",
            export("Export CSV", Format.CSV, ".csv", "text/csv;charset=utf-8"),
            export("Export JSON lines", Format.JSON_LINES, ".jsonl", "application/jsonl"),
            verify);
    add(header, check, filters, rows, foot);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    Moments moments = Moments.here();
    query = AuditQuery.of(event.getLocation().getQueryParameters(), moments.zone());
    filters.show(query, audit.facets(caller));
    zone = moments.zone();
    before = Long.MAX_VALUE;
    table = new EntryTable(moments, clock.instant());
    rows.removeAll();
    List<Entry> first = page(caller);
    if (first.isEmpty()) {
      rows.add(nothing());
    } else {
      rows.add(table);
      table.add(first);
    }
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Audit log"));
  }

  private void go(AuditQuery asked) {
    UI.getCurrent().navigate(Links.audit(account()), asked.parameters(zone));
  }

  private EmptyState nothing() {
    if (query.filtersNothing()) {
      return new EmptyState(
          "Nothing was done yet", "Every change by a person or a key is written down here.");
    }
    return new EmptyState(
        "No entry is like that",
        "The log has entries, and none that all of these filters let through.",
        new Button("Clear filters", click -> go(AuditQuery.ALL)));
  }

  private void addOlder() {
    table.add(page(caller()));
  }

  private List<Entry> page(Caller caller) {
    List<Entry> page = audit.list(caller, query.query(zone), before, PAGE);
    older.setVisible(page.size() == PAGE);
    if (!page.isEmpty()) {
      before = page.getLast().seq();
    }
    return page;
  }

  private void verify() {
    verify.setEnabled(false);
    check.start(caller(), () -> verify.setEnabled(true));
  }

  /// The entries that the filter lets through at the moment of the download.
  private Anchor export(String text, Format format, String fileName, String type) {
    DownloadHandler handler =
        event -> {
          event.setFileName("audit-" + account() + fileName);
          event.setContentType(type);
          try (OutputStream out = event.getOutputStream()) {
            audit.export(caller(), query.query(zone), format, out);
          }
        };
    var anchor = new Anchor(handler, text);
    anchor.addClassName("g-link-button");
    return anchor;
  }
}
