package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.view.Attempt;
import io.gradus.service.execution.view.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is known of the selected visit of a state, or of the execution where none is selected.
final class Inspector extends Section {
  private static final long serialVersionUID = 1L;

  private final transient Followed followed;
  private final transient InspectorContent content;
  private final transient Consumer<Selection> go;
  private final StatusMark mark = new StatusMark(Status.NOT_REACHED, "");
  private final H2 title = new H2();
  private final Span subtitle = new Span();
  private final boolean mayFork;
  private final Button fork;
  private final Button back;
  private final Button forth;
  private final Button up;
  private final ComboBox<Visit> visits = new ComboBox<>();
  private final Tabs tabs = new Tabs();
  private final transient Map<Selection.Tab, Tab> byTab = new EnumMap<>(Selection.Tab.class);
  private final Div body = new Div();
  private transient Selection selection = Selection.NONE;
  private transient @Nullable Visit visit;
  private String shown = "";
  private boolean showing;

  /// @param go shows another selection
  /// @param fork starts another execution before a visit of a state; null for who must not
  Inspector(
      Followed followed,
      InspectorContent content,
      Consumer<Selection> go,
      @Nullable Consumer<Visit> fork) {
    this.mayFork = fork != null;
    this.fork =
        button(
            Glyph.Name.FORK,
            "Fork from here…",
            () -> {
              Visit now = visit;
              if (now != null && fork != null) {
                fork.accept(now);
              }
            });
    this.followed = followed;
    this.content = content;
    this.go = go;
    addClassName("g-inspector");
    getElement().setAttribute("aria-label", "Inspector");
    subtitle.addClassName("g-inspector-sub");
    back = button(Glyph.Name.LEFT, "Previous visit", () -> step(-1));
    forth = button(Glyph.Name.RIGHT, "Next visit", () -> step(1));
    up =
        button(
            Glyph.Name.CLOSE,
            "Back to the execution",
            () -> go.accept(selection.withState(null, null, 0)));
    Div text = new Div(title, subtitle);
    text.addClassName("g-inspector-text");
    Div head = new Div(mark, text, this.fork, back, forth, up);
    head.addClassName("g-inspector-head");
    visits.setAriaLabel("Visit");
    visits.setItemLabelGenerator(this::label);
    visits.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            select(change.getValue());
          }
        });
    visits.addClassName("g-inspector-visits");
    tabs.addClassName("g-tabs");
    for (Selection.Tab each : Selection.Tab.values()) {
      Tab tab = new Tab(each.label());
      byTab.put(each, tab);
      tabs.add(tab);
    }
    tabs.addSelectedChangeListener(change -> chosen(change.getSelectedTab()));
    body.addClassName("g-inspector-body");
    add(head, visits, tabs, body);
  }

  private static Button button(Glyph.Name glyph, String label, Runnable run) {
    Button button = new Button(glyph.glyph(), _ -> run.run());
    button.setAriaLabel(label);
    button.setTooltipText(label);
    button.addClassName("g-icon-button");
    return button;
  }

  private void chosen(@Nullable Tab tab) {
    if (showing || tab == null) {
      return;
    }
    byTab.forEach(
        (each, its) -> {
          if (its.equals(tab) && each != selection.tab()) {
            go.accept(selection.withTab(each));
          }
        });
  }

  private void select(Visit another) {
    go.accept(
        selection.withState(another.state(), another.frame().value(), another.enteredEvent()));
  }

  private void step(int by) {
    if (visit != null) {
      List<Visit> all = followed.visits(visit.state());
      int at = all.indexOf(visit) + by;
      if (at >= 0 && at < all.size()) {
        select(all.get(at));
      }
    }
  }

  private String label(Visit one) {
    String place = followed.place(one.frame());
    List<Visit> all = followed.visits(one.state());
    String number = place.isEmpty() ? "Visit " + (all.indexOf(one) + 1) : place;
    return number + " · " + Standing.status(one).word() + " · event " + one.enteredEvent();
  }

  /// Shows this.
  void show(Selection now) {
    // Another moment of the same is drawn anew only where it looks different.
    if (!now.withMoment(0).equals(selection.withMoment(0))) {
      shown = "";
    }
    selection = now;
    update();
  }

  /// Shows what changed of it.
  void update() {
    visit = followed.visit(selection);
    showing = true;
    try {
      head();
      Selection.Tab tab = tabs();
      String content = selection.state() + "/" + tab + "/" + signature(tab);
      if (!content.equals(shown)) {
        shown = content;
        Component filled = this.content.of(selection, visit, tab);
        body.removeAll();
        body.add(filled);
      } else if (tab == Selection.Tab.CHILDREN) {
        this.content.updateChildren(selection, visit);
      }
    } finally {
      showing = false;
    }
  }

  private void head() {
    Visit now = visit;
    String state = selection.state();
    up.setVisible(state != null);
    // An execution begins in one place: within a Parallel or a Map there are several.
    fork.setVisible(mayFork && now != null && now.frame().isRoot());
    List<Visit> all = state == null ? List.of() : followed.visits(state);
    int at = now == null ? -1 : all.indexOf(now);
    back.setVisible(all.size() > 1);
    forth.setVisible(all.size() > 1);
    back.setEnabled(at > 0);
    forth.setEnabled(at >= 0 && at < all.size() - 1);
    visits.setVisible(all.size() > 1);
    if (all.size() > 1) {
      if (visits.getListDataView().getItemCount() != all.size()
          || !Objects.equals(visits.getValue(), now)) {
        visits.setItems(
            (one, text) ->
                label(one).toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)),
            new ArrayList<>(all));
        visits.setValue(now);
      }
    }
    if (state == null) {
      title.setText("Execution");
      Status status = Status.of(followed.course().status());
      mark.set(status, "");
      subtitle.setText(status.word());
    } else if (now == null) {
      title.setText(state);
      mark.set(Status.NOT_REACHED, "");
      MapRun around = followed.mapRunAround(state);
      subtitle.setText(
          around != null
              ? "In the child executions of " + around.state()
              : followed.isPast() ? "Not reached at this moment" : Status.NOT_REACHED.word());
    } else {
      title.setText(state);
      mark.set(Standing.status(now), "");
      subtitle.setText(subtitle(now));
    }
    title.setTitle(title.getText());
  }

  private String subtitle(Visit now) {
    Moments moments = Moments.here();
    Instant at = Instant.now();
    List<String> parts = new ArrayList<>();
    parts.add(content.what(now));
    if (now.attempts().size() > 1) {
      parts.add(now.attempts().size() + " attempts");
    }
    Instant ended = now.endedAt();
    parts.add(
        ended == null
            ? new Standing(moments, at, followed.course().pauses()).line(now)
                + " since "
                + moments.brief(now.enteredAt(), at)
            : moments.brief(now.enteredAt(), at) + " to " + moments.brief(ended, at));
    return String.join(" · ", parts);
  }

  /// Offers what there is, and gives back what is shown of it.
  private Selection.Tab tabs() {
    boolean state = selection.state() != null;
    Visit now = visit;
    boolean reached = !state || now != null;
    boolean visited = state && now != null;
    offer(Selection.Tab.INPUT, reached);
    offer(Selection.Tab.OUTPUT, reached);
    offer(Selection.Tab.ERROR, now == null ? !state && endedBadly() : now.failedEvent() != 0);
    String name = selection.state();
    boolean children =
        followed.mapRun(now) != null
            || (name != null && now == null && followed.mapRunAround(name) != null);
    offer(Selection.Tab.CHILDREN, children);
    offer(Selection.Tab.ATTEMPTS, now != null && !now.attempts().isEmpty());
    offer(Selection.Tab.VARIABLES, visited || (!state && content.hasVariables()));
    offer(Selection.Tab.EVENTS, visited);
    Selection.Tab wanted = selection.tab();
    if (wanted == null || !tab(wanted).isVisible()) {
      wanted = usual(reached, children);
    }
    tabs.setSelectedTab(tab(wanted));
    return wanted;
  }

  /// What tells most where nothing was chosen. Who stopped an execution knows why.
  private Selection.Tab usual(boolean reached, boolean children) {
    boolean stopped = visit == null && followed.course().status() == ExecutionStatus.ABORTED;
    if (tab(Selection.Tab.ERROR).isVisible() && !stopped) {
      return Selection.Tab.ERROR;
    }
    if (children) {
      return Selection.Tab.CHILDREN;
    }
    return reached ? Selection.Tab.INPUT : Selection.Tab.DEFINITION;
  }

  private boolean endedBadly() {
    ExecutionStatus status = followed.course().status();
    return status.isTerminal() && status != ExecutionStatus.SUCCEEDED;
  }

  private void offer(Selection.Tab which, boolean there) {
    tab(which).setVisible(there);
  }

  private Tab tab(Selection.Tab which) {
    return Objects.requireNonNull(byTab.get(which));
  }

  /// Changes when the last attempt does.
  private static String lastOf(Visit visit) {
    if (visit.attempts().isEmpty()) {
      return "";
    }
    Attempt last = visit.attempts().getLast();
    return last.submittedEvent() + "/" + last.endedEvent() + "/" + last.worker();
  }

  /// Changes when what the tab shows does.
  private String signature(Selection.Tab tab) {
    Visit now = visit;
    if (tab == Selection.Tab.CHILDREN) {
      return String.valueOf(now == null ? null : now.mapRun());
    }
    if (now == null) {
      return tab == Selection.Tab.VARIABLES
          ? content.variables()
          : followed.course().endEvent() + "/" + followed.course().status();
    }
    String which = now.index() + "/";
    return which
        + switch (tab) {
          case INPUT, DEFINITION, CHILDREN -> "";
          case OUTPUT -> now.exitedEvent() + "/" + now.status();
          case ERROR -> now.failedEvent();
          case ATTEMPTS -> now.attempts().size() + "/" + now.status() + "/" + lastOf(now);
          case VARIABLES -> now.exitedEvent();
          case EVENTS -> followed.course().events().size();
        };
  }
}
