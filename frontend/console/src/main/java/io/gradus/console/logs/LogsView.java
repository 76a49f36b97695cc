package io.gradus.console.logs;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.Refreshing;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.log.LogPage;
import io.gradus.service.log.LogPage.Delivery;
import io.gradus.service.log.LogPage.Entry;
import io.gradus.service.log.LogPage.Format;
import io.gradus.service.log.LogService;
import jakarta.annotation.security.PermitAll;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was logged of a tenant's executions, newest first. The filter is in the address.
@Route("t/:account([0-9]{12})/logs")
@PermitAll
@StyleSheet("gradus-people.css")
public final class LogsView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int PAGE = 100;

  private final transient LogService logs;
  private final transient Clock clock;
  private final LogFilters filters = new LogFilters(this::go);
  private final DeliveryLines deliveries = new DeliveryLines();
  private final Button news = new Button("", click -> show());
  private final Div fresh = new Div();
  private final Div rows = new Div();
  private final Span looked = new Span();
  private final Button older = new Button("Older events", click -> addOlder());
  private transient volatile LogQuery query = LogQuery.ALL;
  private volatile ZoneId zone = ZoneOffset.UTC;
  private transient volatile @Nullable Entry newest;
  private LogTable table = new LogTable("", Moments.here(), Instant.EPOCH);
  private @Nullable String next;
  private transient volatile @Nullable Caller reader;

  /// For whoever is signed in.
  public LogsView(SignedIn signedIn, LogService logs, Clock clock) {
    super(signedIn);
    this.logs = logs;
    this.clock = clock;
    var refresh = new Button("Refresh", click -> show());
    refresh.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    older.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    news.addThemeVariants(ButtonVariant.LUMO_SMALL);
    fresh.add(news);
    tellNews(0);
    fresh.getElement().setAttribute("aria-live", "polite");
    rows.addClassName("g-page-rows");
    looked.addClassName("g-secondary");
    var foot = new Div(looked, older);
    foot.addClassName("g-page-foot");
    var header =
        new PageHeader(
            "Logs",
            export("Export CSV", Format.CSV, ".csv", "text/csv;charset=utf-8"),
            export("Export JSON lines", Format.JSON_LINES, ".jsonl", "application/jsonl"),
            refresh);
    add(header, deliveries, filters, fresh, rows, foot);
    Refreshing.of(this, PAUSE, this::look);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    Moments moments = Moments.here();
    reader = caller;
    query = LogQuery.of(event.getLocation().getQueryParameters(), moments.zone());
    zone = moments.zone();
    filters.show(query, logs.stateMachines(caller));
    show();
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Logs"));
  }

  private void show() {
    Moments moments = Moments.here();
    Instant now = clock.instant();
    next = null;
    tellNews(0);
    table = new LogTable(account(), moments, now);
    deliveries.show(logs.deliveries(caller()), moments, now);
    List<Entry> first = page();
    newest = first.isEmpty() ? null : first.getFirst();
    rows.removeAll();
    if (first.isEmpty() && next == null) {
      rows.add(nothing());
    } else {
      rows.add(table);
      table.add(first);
    }
  }

  private EmptyState nothing() {
    if (query.filtersNothing()) {
      return new EmptyState(
          "Nothing was logged yet",
          "A state machine whose log level is not Off writes what happens in its executions here."
              + " Choose the level in the settings of the state machine, or in the"
              + " loggingConfiguration of CreateStateMachine and UpdateStateMachine.");
    }
    return new EmptyState(
        "No event is like that",
        "None of the events that are kept passes all of these filters.",
        new Button("Clear filters", click -> go(LogQuery.ALL)));
  }

  private void go(LogQuery asked) {
    UI.getCurrent().navigate(Links.logs(account()), asked.parameters(zone));
  }

  private void addOlder() {
    table.add(page());
  }

  private List<Entry> page() {
    LogPage page = logs.list(caller(), query.query(zone), next, PAGE);
    next = page.next();
    older.setVisible(next != null);
    boolean more = next != null && page.entries().size() < PAGE;
    looked.setText(more ? "There are more events to be searched." : "");
    older.setText(more ? "Search further" : "Older events");
    return page.entries();
  }

  /// The events that the filter lets through at the moment of the download.
  private Anchor export(String text, Format format, String fileName, String type) {
    DownloadHandler handler =
        event -> {
          event.setFileName("logs-" + account() + fileName);
          event.setContentType(type);
          try (OutputStream out = event.getOutputStream()) {
            logs.export(caller(), query.query(zone), format, out);
          }
        };
    var anchor = new Anchor(handler, text);
    anchor.addClassName("g-link-button");
    return anchor;
  }

  private @Nullable Runnable look() {
    Caller who = reader;
    if (who == null) {
      return null;
    }
    LogQuery asked = query;
    List<Entry> head = logs.list(who, asked.query(zone), null, PAGE).entries();
    List<Delivery> going = logs.deliveries(who);
    return () -> {
      if (asked.equals(query)) {
        deliveries.show(going, Moments.here(), clock.instant());
        tell(head);
      }
    };
  }

  /// Rows stay where they are under the pointer: what is new is told, and shown when asked for.
  private void tell(List<Entry> head) {
    Entry known = newest;
    if (known == null) {
      if (!head.isEmpty()) {
        show();
      }
      return;
    }
    int at = head.indexOf(known);
    tellNews(at < 0 ? head.size() : at);
  }

  private void tellNews(int count) {
    news.setVisible(count > 0);
    news.setText(count >= PAGE ? PAGE + " and more new" : count + " new");
    fresh.setClassName("g-page-foot", count > 0); // which takes room
  }
}
