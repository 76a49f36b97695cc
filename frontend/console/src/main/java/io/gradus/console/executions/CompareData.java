package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.DiffView;
import io.gradus.console.editor.JsonPair;
import io.gradus.console.editor.JsonView;
import io.gradus.console.executions.CompareQuery.Pane;
import io.gradus.console.part.Glyph;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.execution.view.VisitPair;
import io.gradus.service.execution.view.VisitPair.Which;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a state, or the executions themselves, got and gave in both. Payloads are read when their
/// tab is looked at.
final class CompareData extends Section {
  private static final long serialVersionUID = 1L;

  private final transient Compared compared;
  private final transient Reader reader;
  private final H2 title = new H2();
  private final Select<Which> which = new Select<>();
  private final Button up;
  private final Tabs tabs = new Tabs();
  private final transient Map<CompareQuery.Tab, Tab> byTab = new EnumMap<>(CompareQuery.Tab.class);
  private final Div body = new Div();
  private transient CompareQuery query = CompareQuery.ALL;
  private String shown = "";
  private boolean showing;

  /// Reads what is looked at, and says where it stands.
  interface Reader {
    /// An event of one of them with its payloads; null where it is not there.
    Fact.@Nullable HistoryEvent read(CompareSide side, long event);

    /// Where a visit of a state stands on the execution's own page.
    ///
    /// @param visit null for the execution itself
    String href(CompareSide side, @Nullable Visit visit, CompareQuery.Tab tab);
  }

  /// What one tab shows of the two.
  ///
  /// @param left null where there is nothing
  private record Texts(@Nullable String left, @Nullable String right) {}

  /// @param go shows something else, by way of the address
  CompareData(Compared compared, Reader reader, Consumer<CompareQuery> go) {
    this.compared = compared;
    this.reader = reader;
    addClassName("g-cmp-data");
    getElement().setAttribute("aria-label", "Data of both");
    which.setAriaLabel("Visits");
    which.setItems(Which.values());
    which.setItemLabelGenerator(
        each ->
            switch (each) {
              case FIRST -> "First visits";
              case LAST -> "Last visits";
              case WRONG -> "First that went wrong";
            });
    which.addValueChangeListener(
        change -> {
          if (!showing && change.getValue() != null) {
            go.accept(query.withWhich(change.getValue()));
          }
        });
    up = new Button(Glyph.Name.CLOSE.glyph(), _ -> go.accept(query.withState(null)));
    up.setAriaLabel("Back to the executions");
    up.setTooltipText("Back to the executions");
    up.addClassName("g-icon-button");
    for (CompareQuery.Tab each : CompareQuery.Tab.values()) {
      Tab tab = new Tab(each.label());
      byTab.put(each, tab);
      tabs.add(tab);
    }
    tabs.addClassName("g-tabs");
    tabs.addSelectedChangeListener(
        change ->
            byTab.forEach(
                (each, tab) -> {
                  if (!showing && tab.equals(change.getSelectedTab())) {
                    go.accept(query.withTab(each).withPane(Pane.DATA));
                  }
                }));
    Div head = new Div(title, tabs, which, up);
    head.addClassName("g-cmp-data-head");
    body.addClassName("g-cmp-data-body");
    add(head, body);
  }

  /// Shows what the address says.
  void show(CompareQuery wanted) {
    query = wanted;
    Compared.Row row = compared.named(wanted.state());
    VisitPair pair = row == null ? null : compared.pair(row.state(), wanted.which());
    showing = true;
    CompareQuery.Tab tab;
    try {
      title.setText(row == null ? "The executions" : row.state());
      title.setTitle(title.getText());
      up.setVisible(row != null);
      boolean several =
          row != null
              && (compared.left().visits(row.state()).size() > 1
                  || compared.right().visits(row.state()).size() > 1);
      which.setVisible(several);
      if (row != null) {
        which.setValue(compared.which(row.state(), wanted.which()));
      }
      tab = tabs(row, pair);
    } finally {
      showing = false;
    }
    long left = event(compared.left(), pair == null ? null : pair.left(), row != null, tab);
    long right = event(compared.right(), pair == null ? null : pair.right(), row != null, tab);
    String now = (row == null ? "" : row.state()) + "/" + tab + "/" + left + "/" + right;
    if (!now.equals(shown)) {
      shown = now;
      body.removeAll();
      Texts texts =
          tab == CompareQuery.Tab.DEFINITION
              ? definitions(row)
              : new Texts(text(compared.left(), left, tab), text(compared.right(), right, tab));
      fill(texts, tab, pair);
    }
  }

  private CompareQuery.Tab tabs(Compared.@Nullable Row row, @Nullable VisitPair pair) {
    boolean visited = row == null || row.both() != null;
    offer(CompareQuery.Tab.INPUT, visited);
    offer(CompareQuery.Tab.OUTPUT, visited);
    offer(
        CompareQuery.Tab.ERROR,
        pair == null
            ? row == null && (endedBadly(compared.left()) || endedBadly(compared.right()))
            : failed(pair.left()) || failed(pair.right()));
    offer(
        CompareQuery.Tab.DEFINITION,
        row == null ? compared.isOtherDefinition() : row.rewritten() || !visited);
    CompareQuery.Tab wanted = query.tab();
    if (wanted == null || !tab(wanted).isVisible()) {
      wanted = visited ? CompareQuery.Tab.INPUT : CompareQuery.Tab.DEFINITION;
    }
    tabs.setSelectedTab(tab(wanted));
    return wanted;
  }

  private void offer(CompareQuery.Tab which, boolean there) {
    tab(which).setVisible(there);
  }

  private Tab tab(CompareQuery.Tab which) {
    return Objects.requireNonNull(byTab.get(which));
  }

  private static boolean endedBadly(CompareSide side) {
    ExecutionStatus status = side.course().status();
    return status.isTerminal() && status != ExecutionStatus.SUCCEEDED;
  }

  private static boolean failed(@Nullable Visit visit) {
    return visit != null && visit.failedEvent() != 0;
  }

  /// The event that has what the tab shows; 0 where there is none.
  private static long event(
      CompareSide side, @Nullable Visit visit, boolean ofState, CompareQuery.Tab tab) {
    if (ofState && visit == null) {
      return 0;
    }
    return switch (tab) {
      case INPUT -> visit == null ? 1 : visit.enteredEvent();
      case OUTPUT -> visit == null ? side.course().endEvent() : visit.exitedEvent();
      case ERROR -> visit == null ? side.course().endEvent() : visit.failedEvent();
      case DEFINITION -> 0;
    };
  }

  private @Nullable String text(CompareSide side, long event, CompareQuery.Tab tab) {
    if (event == 0) {
      return null;
    }
    Fact.HistoryEvent read = reader.read(side, event);
    if (tab != CompareQuery.Tab.ERROR) {
      return Payloads.of(read);
    }
    Payloads.Failure failure = Payloads.failure(read);
    if (failure == null) {
      return null;
    }
    String error = failure.error() == null ? "No error name was given." : failure.error();
    return failure.cause() == null ? error : error + "\n\n" + failure.cause();
  }

  private Texts definitions(Compared.@Nullable Row row) {
    String left = compared.left().opened().definition();
    String right = compared.right().opened().definition();
    return row == null
        ? new Texts(left, right)
        : new Texts(StateText.of(left, row.state()), StateText.of(right, row.state()));
  }

  private void fill(Texts texts, CompareQuery.Tab tab, @Nullable VisitPair pair) {
    String left = texts.left();
    String right = texts.right();
    String what = tab.label().toLowerCase(Locale.ROOT);
    if (left == null && right == null) {
      body.add(
          note(tab == CompareQuery.Tab.OUTPUT ? "Neither has an output." : "There is nothing."));
    } else if (left == null || right == null) {
      body.add(
          links(tab, pair), note("Only " + (left == null ? "B" : "A") + " has " + article(what)));
      body.add(view(tab, left == null ? Objects.requireNonNull(right) : left));
    } else {
      both(left, right, tab, pair);
    }
  }

  private void both(String left, String right, CompareQuery.Tab tab, @Nullable VisitPair pair) {
    JsonPair laidOut =
        tab == CompareQuery.Tab.ERROR
            ? new JsonPair(left, right, CodeEditor.Mode.TEXT, false)
            : JsonPair.of(left, right);
    body.add(links(tab, pair));
    if (laidOut.left().equals(laidOut.right()) && !laidOut.cut()) {
      body.add(note("Both say the same."), view(tab, left));
      return;
    }
    if (laidOut.cut()) {
      body.add(
          note(
              "These are the first 256 kB of each; the whole stands on each execution's own page."));
    }
    if (laidOut.mode() == CodeEditor.Mode.JSON && tab != CompareQuery.Tab.DEFINITION) {
      ComparePlaces.of(left, right).ifPresent(body::add);
    }
    DiffView diff = new DiffView();
    diff.setLineWrapping(true);
    diff.compare(
        new DiffView.Side(tab.label() + " in A", laidOut.left()),
        new DiffView.Side(tab.label() + " in B", laidOut.right()),
        laidOut.mode());
    body.add(diff);
  }

  /// Which side is which, with the way to each on its own page.
  private Component links(CompareQuery.Tab tab, @Nullable VisitPair pair) {
    Div sides =
        new Div(
            link(
                "A",
                Glyph.Name.STATUS_LEFT,
                compared.left(),
                pair == null ? null : pair.left(),
                tab),
            link(
                "B",
                Glyph.Name.STATUS_RIGHT,
                compared.right(),
                pair == null ? null : pair.right(),
                tab));
    sides.addClassName("g-cmp-sides");
    return sides;
  }

  private Component link(
      String letter,
      Glyph.Name tag,
      CompareSide side,
      @Nullable Visit visit,
      CompareQuery.Tab tab) {
    Span sign = new Span(tag.glyph());
    sign.addClassNames("g-cmp-tag", "g-compared-" + (letter.equals("A") ? "left" : "right"));
    Span unseen = new Span(letter + ": ");
    unseen.addClassName("g-unseen");
    Anchor link = new Anchor(reader.href(side, visit, tab), side.row().name());
    link.addClassNames("g-ellipsis", "g-mono");
    link.setTitle("Open on its own page");
    return new Div(sign, unseen, link);
  }

  private static JsonView view(CompareQuery.Tab tab, String text) {
    JsonView view = new JsonView(tab.label(), tab.name().toLowerCase(Locale.ROOT) + ".json");
    view.setPayload(text);
    return view;
  }

  private static String article(String what) {
    return ("aeio".indexOf(what.charAt(0)) >= 0 ? "an " : "a ") + what + " here.";
  }

  private static Component note(String text) {
    Paragraph note = new Paragraph(text);
    note.addClassName("g-note");
    return note;
  }
}
