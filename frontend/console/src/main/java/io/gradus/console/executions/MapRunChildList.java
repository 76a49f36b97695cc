package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.service.Page;
import io.gradus.service.maprun.ChildRecords.Child;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a Map Run's children. Rows stay where they are while how they stand changes; each
/// opens to what the child was given and what came of it.
final class MapRunChildList extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Moments moments;
  private final transient Function<Child, @Nullable String> href;
  private final transient Function<Child, Component> detail;
  private final Div rows = new Div();
  private final Button stale;
  private final transient Map<Long, Shown> shown = new HashMap<>();
  private transient volatile List<Long> listed = List.of();

  private record Shown(StatusMark mark, Elapsed elapsed, Div said) {}

  /// @param href of a child's own page; null where it has none
  /// @param detail what a row opens to
  /// @param refresh reads the page anew
  MapRunChildList(
      Moments moments,
      Function<Child, @Nullable String> href,
      Function<Child, Component> detail,
      Runnable refresh) {
    this.moments = moments;
    this.href = href;
    this.detail = detail;
    addClassName("g-children");
    stale = new Button("The list has changed: show it", _ -> refresh.run());
    stale.addClassName("g-news");
    stale.setVisible(false);
    add(stale, rows);
  }

  /// Shows this page.
  ///
  /// @param nothing what to say where there is none
  void show(Page<Child> page, EmptyState nothing) {
    List<Child> children = page.items();
    listed = children.stream().map(Child::index).toList();
    stale.setVisible(false);
    shown.clear();
    rows.removeAll();
    if (children.isEmpty()) {
      rows.add(nothing);
      return;
    }
    RowTable<Child> table =
        new RowTable<Child>("Child executions")
            .column("", "g-open", _ -> new Span())
            .column("Status", "g-nowrap", this::status)
            .text("Item", "g-nowrap", MapRunChildList::item)
            .column("Child execution", "g-nowrap", this::name)
            .column("Started", "g-nowrap", c -> moments.span(c.startedAt(), Instant.now()))
            .column("Duration", "g-nowrap", this::elapsed)
            .column("Error, or input", "g-wide", this::said);
    for (Child child : children) {
      table.addOpenable(child, "Details of item " + child.index(), () -> detail.apply(child));
    }
    rows.add(table);
  }

  boolean isEmpty() {
    return listed.isEmpty();
  }

  /// The places of those that are listed; also without the session's lock.
  List<Long> listed() {
    return listed;
  }

  /// Shows how the children of the page stand now; says where others belong on it.
  ///
  /// @param page the places of those that would be listed now
  void update(List<Child> now, List<Long> page) {
    stale.setVisible(!page.equals(listed));
    for (Child child : now) {
      Shown row = shown.get(child.index());
      if (row != null) {
        Status status = Status.of(child.status());
        row.mark().set(status, status.word());
        row.elapsed().set(child.startedAt(), child.stoppedAt());
        say(row.said(), child);
      }
    }
  }

  private Component status(Child child) {
    StatusMark mark = new StatusMark(Status.of(child.status()));
    Elapsed elapsed = new Elapsed();
    elapsed.set(child.startedAt(), child.stoppedAt());
    Div said = new Div();
    said.addClassName("g-child-said");
    say(said, child);
    shown.put(child.index(), new Shown(mark, elapsed, said));
    return mark;
  }

  private static String item(Child child) {
    return child.items() == 1
        ? Counts.of(child.index())
        : "batch " + Counts.of(child.index()) + ", " + Counts.of(child.items()) + " items";
  }

  private Component name(Child child) {
    String to = href.apply(child);
    Component name = to == null ? new Span(child.name()) : new Anchor(to, child.name());
    name.getElement().getClassList().addAll(List.of("g-mono", "g-child-name"));
    return name;
  }

  private Component elapsed(Child child) {
    Shown row = shown.get(child.index());
    return row == null ? new Span() : row.elapsed();
  }

  private Component said(Child child) {
    Shown row = shown.get(child.index());
    return row == null ? new Div() : row.said();
  }

  private static void say(Div said, Child child) {
    String error = child.error();
    if (error == null && child.preview().isEmpty()) {
      return; // it stands as it did, and its input was not read again
    }
    said.removeAll();
    if (error != null) {
      Span name = new Span(error);
      name.addClassNames("g-child-error", "g-break");
      said.add(name);
      if (child.cause() != null) {
        said.add(text(child.cause()));
      }
    } else {
      Span preview = text(child.preview());
      preview.addClassName("g-mono");
      said.add(preview);
    }
  }

  private static Span text(String text) {
    Span span = new Span(text);
    span.addClassNames("g-child-text", "g-secondary");
    span.setTitle(text);
    return span;
  }
}
