package io.gradus.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.RowTable;
import io.gradus.service.statistics.Figures;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The state machines that fail most, or are started most, one below the other.
final class MachineTable extends Div {
  private static final long serialVersionUID = 1L;
  private static final double PERCENT = 100;

  private final RowTable<Figures.OfMachine> table;
  private transient List<Figures.OfMachine> shown = List.of();
  private long most;

  /// @param href of a state machine's own dashboard
  MachineTable(Function<String, String> href) {
    table =
        new RowTable<Figures.OfMachine>("State machines")
            .column("State machine", "g-name", machine -> name(machine, href))
            .text("Started", "g-number", machine -> Words.count(machine.outcomes().started()))
            .column("Failed or timed out", "g-dash-bar-cell", this::failed)
            .text("Rate", "g-number g-nowrap", each -> Words.share(each.outcomes().failureRate()))
            .text("p50", "g-number g-nowrap", each -> Words.duration(each.durations().p50()))
            .text("p99", "g-number g-nowrap", each -> Words.duration(each.durations().p99()));
    add(table);
  }

  /// Shows these.
  void show(List<Figures.OfMachine> machines) {
    if (!machines.equals(shown)) {
      shown = machines;
      most = machines.stream().mapToLong(each -> each.outcomes().unsuccessful()).max().orElse(0);
      table.setRows(machines);
    }
  }

  private static Component name(Figures.OfMachine machine, Function<String, String> href) {
    var link = new Anchor(href.apply(machine.name()), machine.name());
    if (!machine.express()) {
      return link;
    }
    var tag = new Span("express");
    tag.addClassName("g-tag");
    var both = new Div(link, tag);
    both.addClassName("g-dash-name");
    return both;
  }

  private Component failed(Figures.OfMachine machine) {
    return bar(machine.outcomes().unsuccessful(), most);
  }

  /// A number and a bar as long as its part of the most.
  static Component bar(long count, long most) {
    var bar = new Div();
    bar.addClassName("g-dash-bar");
    bar.getStyle()
        .set(
            "inline-size",
            String.format(Locale.ROOT, "%.1f%%", most == 0 ? 0 : PERCENT * count / most));
    var track = new Div(bar);
    track.addClassName("g-dash-track");
    var cell = new Div(new Span(Words.count(count)), track);
    cell.addClassName("g-dash-measured");
    return cell;
  }
}
