package io.gradus.console.logs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Copy;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Links;
import io.gradus.service.log.LogPage.Entry;
import java.time.Instant;
import java.util.List;

/// Events of a log; each opens to the whole of it.
final class LogTable extends Composite<Div> {
  private static final long serialVersionUID = 1L;

  private final RowTable<Entry> table;
  private final String account;

  LogTable(String account, Moments moments, Instant now) {
    this.account = account;
    table =
        new RowTable<Entry>("Log events")
            .column("", "g-open", entry -> new Span())
            .column("Time", "g-nowrap", entry -> time(moments, entry.at(), now))
            .column("Level", "g-nowrap", entry -> LogWords.mark(entry.level()))
            .text("Event", "g-strong g-nowrap", Entry::type)
            .text("About", "g-break", entry -> LogWords.about(entry.message()))
            .text("State machine", "g-name", Entry::stateMachine)
            .column("Execution", "g-name", this::execution)
            .text("Number", "g-number", entry -> Long.toString(entry.id()));
    getContent().add(table);
  }

  private static Span time(Moments moments, Instant at, Instant now) {
    String text = moments.brief(at, now);
    var span = new Span(text + moments.precise(at).substring("HH:mm:ss".length()));
    span.addClassName("g-moment");
    span.setTitle(moments.full(at));
    return span;
  }

  private Component execution(Entry entry) {
    if (!entry.kept()) {
      var name = new Span(entry.execution());
      name.setTitle("It ran in memory: the log is all that is kept of it");
      return name;
    }
    return new Anchor(
        Links.execution(account, entry.stateMachine(), entry.execution()), entry.execution());
  }

  void add(List<Entry> entries) {
    entries.forEach(this::add);
  }

  private void add(Entry entry) {
    table.addOpenable(
        entry, "Whole event " + entry.id() + " of " + entry.execution(), () -> whole(entry));
  }

  private static Div whole(Entry entry) {
    var head =
        new Div(
            new Code(entry.executionArn()),
            new Copy(entry.executionArn(), "execution ARN"),
            new Copy(entry.message(), "event"));
    head.addClassName("g-chain-head");
    var text = new Pre(LogWords.laidOut(entry.message()));
    text.getElement().setAttribute("tabindex", "0");
    var body = new Div(text);
    body.addClassName("g-sides");
    var all = new Div(head, body);
    all.addClassName("g-entry");
    return all;
  }
}
