package io.gradus.console.audit;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.service.audit.AuditLog.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries of an audit log; each opens to what it replaced by what.
final class EntryTable extends Composite<Div> {
  private static final long serialVersionUID = 1L;

  private final RowTable<Entry> table;

  EntryTable(Moments moments, Instant now) {
    table =
        new RowTable<Entry>("Audit log entries")
            .column("", "g-open", entry -> new Span())
            .column("Time", "g-nowrap", entry -> moments.span(entry.at(), now))
            .text("Who", "g-break", Entry::who)
            .text("Action", "g-strong", Entry::action)
            .column("Target", "g-wide g-break", entry -> new Code(entry.target()))
            .text("From", "g-break", Entry::source)
            .text("Number", "g-number", entry -> Long.toString(entry.seq()));
    getContent().add(table);
  }

  void add(List<Entry> entries) {
    entries.forEach(this::add);
  }

  private void add(Entry entry) {
    table.addOpenable(entry, "Details of entry " + entry.seq(), () -> detail(entry));
  }

  private static Div detail(Entry entry) {
    var sides = new Div();
    sides.addClassName("g-sides");
    if (entry.before() == null && entry.after() == null) {
      sides.add(new Span("The action and its target say all of it."));
    } else {
      sides.add(side("Before", entry.before(), "g-before"));
      sides.add(side("After", entry.after(), "g-after"));
    }
    var hash = new Span("SHA-256 " + entry.hash());
    hash.addClassNames("g-mono", "g-tertiary", "g-break");
    var all = new Div(sides, hash);
    all.addClassName("g-entry");
    return all;
  }

  private static Div side(String name, @Nullable String json, String className) {
    var heading = new Span(name);
    heading.addClassName("g-side-name");
    var side = new Div(heading);
    side.addClassName(className);
    if (json == null) {
      var nothing = new Span("nothing");
      nothing.addClassName("g-tertiary");
      side.add(nothing);
    } else {
      var text = new Pre(json);
      text.getElement().setAttribute("tabindex", "0");
      side.add(text);
    }
    return side;
  }
}
